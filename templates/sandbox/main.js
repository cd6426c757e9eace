// Puts the page together and draws it anew after every change.

import { clockBar, tick } from "./clock.js";
import { composer } from "./composer.js";
import { h, morphChildren, pushbutton } from "./dom.js";
import { faults } from "./faults.js";
import { guide, toggle } from "./guide.js";
import { channelHead, log } from "./messages.js";
import { Modal } from "./modal.js";
import { Page } from "./page.js";
import { sidebar } from "./sidebar.js";

const NEAR_END = 40; // pixels; who is nearer to the newest message than this follows new ones

const page = new Page(draw);
const modal = new Modal(page);
const app = document.getElementById("app");
let arrived = null; // the message that was scrolled to
let begun = false; // the first thing to do is to type

page.become(sessionStorage.getItem("person"));
page.followAddress();
addEventListener("popstate", () => {
  page.followAddress();
  draw();
});
setInterval(() => tick(page), 1000);

function draw() {
  if (!page.state) return;
  const channel = page.channel(page.channelId);
  page.look(channel);
  const before = document.getElementById("log");
  const following = !before || before.scrollHeight - before.scrollTop - before.clientHeight < NEAR_END;
  morphChildren(
    app,
    h(
      "div",
      {},
      top(),
      notices(),
      h("div", { class: page.guide ? "desk guided" : "desk" }, sidebar(page), room(channel), page.guide && guide(page)),
    ),
  );
  if (!begun) document.querySelector(".composer textarea")?.focus({ preventScroll: true });
  begun = true;
  modal.draw();
  scroll(before, following);
  document.title = `${channel.name} · Win-Win sandbox`;
  app.dataset.version = page.state.version; // what is on the screen, for who waits for it
}

function top() {
  return h(
    "header",
    { class: "top" },
    h("img", { src: "/static/mark.svg", alt: "" }),
    h("p", { class: "brand" }, "Win-Win", h("span", {}, " sandbox")),
    clockBar(page),
    pushbutton("quiet", "What is this?", () => toggle(page), { "aria-expanded": String(page.guide) }),
  );
}

/** What must not be overlooked. */
function notices() {
  const { bot } = page.state;
  return h(
    "div",
    { class: "notices" },
    faults(page),
    !page.connected &&
      h("p", { key: "lost", class: "careful", role: "alert" }, "The sandbox does not answer. Still trying ..."),
    page.connected &&
      !bot.connections &&
      h("p", { key: "alone", class: "careful", role: "status" }, `${bot.name} is not connected yet.`),
  );
}

function room(channel) {
  const said =
    page.notice &&
    h("p", { key: "notice", class: page.notice.bad ? "notice bad" : "notice", role: "alert" }, page.notice.text);
  return h("main", {}, channelHead(channel, page), log(channel, page), said, composer(channel, page));
}

/** Goes to the message of a link once; otherwise stays at the newest, for who was there. */
function scroll(before, following) {
  const shown = document.getElementById("log");
  const target = page.target && document.getElementById(`message-${page.target}`);
  if (target && arrived !== page.target) target.scrollIntoView({ block: "center" });
  else if (before !== shown || (following && !target)) shown.scrollTop = shown.scrollHeight;
  arrived = target ? page.target : null;
}
