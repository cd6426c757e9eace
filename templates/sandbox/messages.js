// The channel that the person reads: its head, its messages, and their threads.

import { blocks } from "./blocks.js";
import { h, pushbutton } from "./dom.js";
import { mrkdwn } from "./text.js";
import { clock, dated } from "./time.js";

const KINDS = {
  public: "Open to everybody here",
  private: "Only its members can read it",
  shared: "Shared with another company: a counterpart may read along",
};

export function channelHead(channel, page) {
  const { bot } = page.state;
  const isChannel = channel.kind !== "dm";
  return h(
    "header",
    { class: "channel-head" },
    h("h1", {}, isChannel ? h("span", { class: `sign ${channel.kind}` }) : null, channel.name),
    h("p", { class: channel.kind === "shared" ? "note careful" : "note" }, KINDS[channel.kind] ?? "Private messages"),
    isChannel && membership(channel, bot, page),
  );
}

/** A bot can only post where it is a member. */
function membership(channel, bot, page) {
  const change = (verb) => () => page.click(`membership ${channel.id}`, verb, { channel: channel.id });
  return channel.bot_is_member
    ? pushbutton("quiet", `Remove ${bot.name}`, change("remove"), { key: "remove" })
    : pushbutton("primary", `Invite ${bot.name}`, change("invite"), { key: "invite" });
}

/** All messages, oldest first, with a line where a day begins. */
export function log(channel, page) {
  let day = null;
  const lines = channel.messages.flatMap((message) => {
    const began = dated(Number(message.ts), "{day_divider_pretty}", page.now(), page.reader());
    const divider = began !== day && h("h2", { key: `day ${began}`, class: "day" }, began);
    day = began;
    return [divider, article(message, channel, page)];
  });
  return h(
    "div",
    {
      id: "log",
      key: `log ${page.state.me} ${channel.id}`,
      role: "log",
      "aria-label": `Messages in ${channel.name}`,
      tabindex: "0",
    },
    lines.length ? lines : h("p", { class: "empty" }, emptyText(channel, page)),
  );
}

function emptyText(channel, page) {
  if (channel.can_write) return "Nothing has been said here yet.";
  return `${page.state.bot.name} writes to you here: scripts that you keep private, and reminders to rehearse.`;
}

function article(message, channel, page) {
  const surface = {
    page,
    name: `${message.channel} ${message.ts}`,
    blocks: message.blocks,
    where: { channel: message.channel, ts: message.ts },
    warning: message.warning,
  };
  const author = message.from === "slackbot" ? "Slackbot" : (page.nameOf(message.user) ?? "Somebody");
  const time = clock(Number(message.ts), page.reader());
  const kinds = ["message", message.ephemeral && "ephemeral", message.ts === page.target && "target"].filter(Boolean);
  return h(
    "article",
    { key: message.ts, id: `message-${message.ts}`, class: kinds.join(" "), "aria-label": `${author}, ${time}` },
    avatar(message, page),
    h(
      "div",
      { class: "content" },
      h(
        "p",
        { class: "by" },
        h("strong", {}, author),
        message.from !== "person" && h("span", { class: "app" }, "app"),
        h("time", {}, time),
      ),
      message.ephemeral && h("p", { class: "only-you" }, "Only visible to you"),
      body(message, surface, page),
      thread(message, channel, page),
    ),
  );
}

function body(message, surface, page) {
  if (message.deleted) return h("p", { class: "text gone" }, "This message was deleted.");
  if (message.blocks.length) return h("div", { class: "blocks" }, blocks(surface));
  return h("div", { class: "text" }, mrkdwn(message.text, page), message.edited && h("small", {}, " (edited)"));
}

function thread(message, channel, page) {
  const { replies = [] } = message;
  const answer = () => {
    page.thread = message.ts;
    page.draw();
    document.querySelector(".composer textarea")?.focus();
  };
  return [
    replies.length > 0 &&
      h(
        "section",
        { class: "thread", "aria-label": "Thread" },
        h("p", { class: "count" }, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
        replies.map((reply) => article(reply, channel, page)),
      ),
    channel.can_write &&
      !message.ephemeral &&
      !message.thread_ts &&
      pushbutton("quiet reply", "Reply in thread", answer, { key: "reply" }),
  ];
}

export function avatar({ user, from }, page) {
  if (from === "bot") return h("img", { class: "avatar", src: "/static/mark.svg", alt: "" });
  const hue = page.state.people.findIndex(({ id }) => id === user);
  return h("span", { class: `avatar hue-${hue + 1}`, "aria-hidden": "true" }, (page.nameOf(user) ?? "S")[0]);
}
