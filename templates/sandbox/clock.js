// The workspace's clock and the jump to what comes next.

import { h, pushbutton } from "./dom.js";
import { clock, dated, duration } from "./time.js";

export function clockBar(page) {
  const ahead = page.state.clock.offset_seconds;
  return h(
    "div",
    { class: "clock" },
    h(
      "p",
      {},
      h("time", { id: "time" }, face(page)),
      h("small", {}, ahead >= 1 ? `${duration(ahead)} ahead of the real time` : page.me.tz_label),
    ),
    pushbutton("plain", "Jump to the next nudge", () => jump(page), { "aria-busy": page.busy.has("jump") && "true" }),
    h("p", { class: "answer", role: "status" }, page.jumped ?? "", page.jumped && wayToNudge(page)),
  );
}

/** Moves the hands without drawing the page anew. */
export function tick(page) {
  const shown = document.getElementById("time");
  if (page.state && shown) shown.textContent = face(page);
}

function face(page) {
  return `${dated(page.now(), "{date_short}", page.now(), page.reader())}, ${clock(page.now(), page.reader(), true)}`;
}

async function jump(page) {
  const before = page.state.clock.offset_seconds;
  const answer = await page.click("jump", "jump", {});
  if (!answer) return;
  const { offset_seconds: after } = answer;
  page.jumped = after === null ? "Nothing is planned." : `Jumped ${duration(after - before)} ahead.`;
  page.draw();
}

/** A nudge arrives in private messages; who looks elsewhere is told where it is. */
function wayToNudge(page) {
  const news = page.state.channels.find(
    (channel) => channel.kind === "dm" && channel.id !== page.channelId && page.unread(channel),
  );
  return news && pushbutton("quiet", `Read what ${news.name} wrote`, () => page.open(news.id));
}
