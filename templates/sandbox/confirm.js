// "Are you sure?", asked before an element with a confirm object acts.

import { h, pushbutton } from "./dom.js";
import { textObject } from "./text.js";

/** Asks; answers true when the person confirms, false for every other way out. */
export function confirmed({ title, text, confirm, deny, style }, page) {
  const dialog = document.getElementById("confirm");
  const leave = (answer) => () => dialog.close(answer);
  dialog.replaceChildren(
    h("h2", { id: "confirm-title" }, title.text),
    h("div", { class: "text" }, textObject(text, page)),
    h(
      "div",
      { class: "foot" },
      pushbutton("plain", deny.text, leave("")),
      pushbutton(style ?? "primary", confirm.text, leave("yes")),
    ),
  );
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}
