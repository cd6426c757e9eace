// What a newcomer needs to know in one glance.

import { write } from "./composer.js";
import { h, pushbutton } from "./dom.js";

export function guide(page) {
  const type = () => {
    page.thread = null;
    if (!page.channel(page.channelId).can_write) page.open(page.state.channels[0].id);
    write("/winwin", `${page.state.me} ${page.channelId} `, page);
  };
  return h(
    "aside",
    { class: "guide", "aria-label": "What is this?" },
    h("h2", {}, "What is this?"),
    h(
      "p",
      {},
      "A small Slack of your own. The bot in it is the real one; nothing leaves this machine, ",
      "and everything is gone when you stop it.",
    ),
    h(
      "ol",
      {},
      h(
        "li",
        {},
        h("strong", {}, "Type "),
        pushbutton("command", "/winwin", type),
        h("strong", {}, " and press Enter."),
      ),
      h(
        "li",
        {},
        h("strong", {}, "Fill the form. "),
        "A matter you know, three wins, and a meeting a day or two away.",
      ),
      h("li", {}, h("strong", {}, "Post the script. "), "Read the review, then post it, or keep it private."),
      h(
        "li",
        {},
        h("strong", {}, "Jump to the next nudge. "),
        "The clock above moves ahead, and the reminder to rehearse arrives in your private messages.",
      ),
    ),
    h("p", {}, "Then become somebody else under “You are”, and see what they see."),
    pushbutton("quiet", "Hide this", () => toggle(page)),
  );
}

export function toggle(page) {
  page.guide = !page.guide;
  page.draw();
}
