// "Are you sure?", asked before an element with a confirm object acts.

import { h } from "./dom.js";
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
      h("button", { type: "button", class: "plain", onclick: leave("") }, deny.text),
      h("button", { type: "button", class: style ?? "primary", onclick: leave("yes") }, confirm.text),
    ),
  );
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}
