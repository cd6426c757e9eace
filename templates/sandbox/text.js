// Text objects and mrkdwn as elements. Everything typed goes in as text nodes: nothing in it can act as HTML.

import { h } from "./dom.js";
import { parse } from "./mrkdwn.js";
import { dated } from "./time.js";

const TAGS = { bold: "strong", italic: "em", strike: "s", quote: "blockquote" };

/** A text object of Block Kit: mrkdwn is rendered, plain text stands as it is. */
export function textObject(object, page) {
  return object.type === "mrkdwn" ? mrkdwn(object.text, page) : [object.text];
}

/** Mrkdwn as nodes, for the person who acts. */
export function mrkdwn(text, page) {
  return parse(text).map((part) => node(part, page));
}

function node(part, page) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return h("code", {}, part.text);
    case "pre":
      return h("pre", {}, part.text);
    case "user":
      return user(part, page);
    case "channel":
      return channel(part, page);
    case "broadcast":
      return h("mark", { class: "mention" }, part.text);
    case "date":
      return date(part, page);
    case "link":
      return link(part.url, part.label, page);
    default:
      return h(
        TAGS[part.kind],
        {},
        part.parts.map((inner) => node(inner, page)),
      );
  }
}

function user({ id, label }, page) {
  const mine = id === page.state.me;
  return h("span", { class: mine ? "mention mine" : "mention" }, `@${page.nameOf(id) ?? label ?? "unknown"}`);
}

function channel({ id, label }, page) {
  const known = page.channel(id);
  if (!known) return h("span", { class: "mention" }, `#${label ?? "private channel"}`);
  return h("button", { type: "button", class: "mention", onclick: () => page.open(id) }, `#${known.name}`);
}

function date({ epoch, format, link: url, fallback }, page) {
  const text = (Number.isFinite(epoch) && dated(epoch, format, page.now(), page.reader())) || fallback;
  const shown = h("time", { title: `${fallback} (as sent)` }, text);
  return url ? link(url, shown, page) : shown;
}

/** A link that leads out, or opens a message of this workspace in place. Any other scheme is only shown. */
function link(url, label, page) {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target || !["http:", "https:", "mailto:"].includes(target.protocol)) return h("span", {}, label);
  const message = page.messageAt(target);
  if (!message) return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
  const open = (event) => {
    event.preventDefault();
    page.open(message.channel, message.ts);
  };
  return h("a", { href: url, onclick: open }, label);
}
