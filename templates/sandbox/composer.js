// Where the person types messages and commands.

import { h, pushbutton } from "./dom.js";

export function composer(channel, page) {
  if (!channel.can_write) {
    return h("p", { key: "closed", class: "composer closed" }, "Sending messages to this app has been turned off.");
  }
  const name = `${page.state.me} ${channel.id} ${page.thread ?? ""}`;
  const text = page.drafts.get(name) ?? "";
  const properties = {
    rows: "1",
    dir: "auto",
    value: text,
    "aria-label": page.thread ? "Reply in thread" : `Message ${channel.name}, or a command`,
    placeholder: page.thread ? "Reply in thread" : "Type /winwin and press Enter",
    oninput: (event) => keep(event.target.value, name, page),
    onkeydown: (event) => key(event, name, channel, page),
  };
  const send = (event) => {
    event.preventDefault();
    submit(name, channel, page);
  };
  return h(
    "form",
    { key: name, class: "composer", onsubmit: send },
    page.thread && answering(page),
    h(
      "div",
      { class: "line" },
      h("textarea", properties),
      h("button", { type: "submit", class: "primary", disabled: !text.trim() }, "Send"),
    ),
    h("div", { class: "help" }, shortcuts(channel, page), hint(text, name, page)),
  );
}

function answering(page) {
  const stop = () => {
    page.thread = null;
    page.draw();
  };
  return h("p", { class: "answering" }, "Replying in a thread ", pushbutton("quiet", "Back to the channel", stop));
}

/** The commands that begin like what is typed; without a slash, what one could type. */
function hint(text, name, page) {
  const [typed] = text.split(/\s/);
  const fitting = text.startsWith("/") ? page.state.commands.filter(({ command }) => command.startsWith(typed)) : [];
  if (text.startsWith("/") && !fitting.length) return h("p", { class: "hint" }, `There is no command ${typed} here.`);
  if (!fitting.length) {
    return h(
      "p",
      { class: "hint" },
      "Enter sends. Commands: ",
      page.state.commands.map((one) => suggestion(one, name, page)),
    );
  }
  return h(
    "ul",
    { class: "hint" },
    fitting.map((one) =>
      h(
        "li",
        { key: one.command },
        suggestion(one, name, page),
        one.hint && h("span", {}, ` ${one.hint}`),
        one.description && ` · ${one.description}`,
      ),
    ),
  );
}

function suggestion({ command }, name, page) {
  return pushbutton("command", command, () => write(`${command} `, name, page), { key: command });
}

/** Puts a text into the composer and the caret behind it. */
export function write(text, name, page) {
  keep(text, name, page);
  document.querySelector(".composer textarea")?.focus();
}

function shortcuts(channel, page) {
  return page.state.shortcuts.map(({ callback_id, name }) =>
    pushbutton("plain", name, () => run(page, callback_id, name, channel), {
      key: callback_id,
      "aria-busy": page.busy.has(callback_id) && "true",
    }),
  );
}

async function run(page, callback_id, name, channel) {
  const answer = await page.click(callback_id, "shortcut", { callback_id, channel: channel.id });
  const late = `${page.state.bot.name} did not answer “${name}” within three seconds.`;
  if (answer && !answer.acked) page.say(late, true);
}

function keep(text, name, page) {
  page.drafts.set(name, text);
  page.notice = null;
  page.draw();
}

function key(event, name, channel, page) {
  // While letters are being composed (Chinese, Japanese), Enter picks a word.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit(name, channel, page);
}

async function submit(name, channel, page) {
  const text = (page.drafts.get(name) ?? "").trim();
  if (!text) return;
  if (text.startsWith("/") && page.thread) return page.say("Commands do not work in threads, in Slack as here.", true);
  keep("", name, page);
  document.getElementById("log").scrollTop = Number.MAX_SAFE_INTEGER; // the answer comes below the newest message
  const sent = text.startsWith("/")
    ? await page.do("command", { channel: channel.id, text })
    : await page.do("message", { channel: channel.id, text, ...(page.thread && { thread_ts: page.thread }) });
  if (!sent && !page.drafts.get(name)) {
    page.drafts.set(name, text); // what could not be sent is not lost
    page.draw();
  }
}
