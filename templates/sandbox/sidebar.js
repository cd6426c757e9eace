// Who acts, and where that person can look.

import { h, pushbutton } from "./dom.js";
import { avatar } from "./messages.js";
import { clock } from "./time.js";

export function sidebar(page) {
  return h("div", { class: "sidebar" }, people(page), places(page));
}

/** Three people share one browser: each sees their own private messages, forms and times. */
function people(page) {
  const choices = page.state.people.map((person) =>
    h(
      "label",
      { key: person.id, class: "person" },
      h("input", {
        type: "radio",
        name: "person",
        value: person.id,
        checked: person.id === page.state.me,
        onchange: () => page.become(person.id),
      }),
      avatar({ user: person.id, from: "person" }, page),
      h("span", { class: "who" }, h("span", {}, person.real_name), h("small", {}, homeOf(person, page))),
    ),
  );
  return h("fieldset", { class: "people" }, h("legend", {}, "You are"), choices);
}

function homeOf(person, page) {
  const city = person.tz.split("/").at(-1).replaceAll("_", " ");
  return `${city}, ${clock(page.now(), { zone: person.tz, locale: person.locale ?? "en-US" })}`;
}

function places(page) {
  const { channels } = page.state;
  return h(
    "nav",
    { "aria-label": "Conversations" },
    list(
      "Channels",
      channels.filter(({ kind }) => kind !== "dm"),
      page,
    ),
    list(
      "Private messages",
      channels.filter(({ kind }) => kind === "dm"),
      page,
    ),
  );
}

function list(title, channels, page) {
  return [
    h("h2", {}, title),
    h(
      "ul",
      {},
      channels.map((channel) => h("li", { key: channel.id }, entry(channel, page))),
    ),
  ];
}

function entry(channel, page) {
  const current = channel.id === page.channelId;
  const unread = current ? 0 : page.unread(channel);
  const label = [
    channel.kind === "dm" ? face(channel, page) : h("span", { class: `sign ${channel.kind}` }),
    h("span", { class: "name" }, channel.name),
    unread > 0 && h("span", { class: "badge", "aria-label": `${unread} unread` }, String(unread)),
  ];
  const kind = unread ? "place unread" : "place";
  return pushbutton(kind, label, () => page.open(channel.id), { "aria-current": current && "page" });
}

function face({ bot_is_member, members }, page) {
  return bot_is_member
    ? avatar({ from: "bot" }, page)
    : avatar({ user: members.find((id) => id !== page.state.me) }, page);
}
