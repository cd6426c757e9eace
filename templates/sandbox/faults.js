// What the bot sent and Slack would not have taken: loud, wherever the person looks.

import { h, pushbutton } from "./dom.js";

export function faults(page) {
  const { faults } = page.state;
  const forget = () => page.click("faults", "faults", {});
  return (
    faults.length > 0 &&
    h(
      "div",
      { key: "faults", class: "faults", role: "alert" },
      h("strong", {}, "Slack would not have taken this from the bot:"),
      h(
        "ul",
        {},
        faults.map(({ id, where, what }) => h("li", { key: id }, h("code", {}, where), ` ${what}`)),
      ),
      pushbutton("plain", "Seen", forget),
    )
  );
}
