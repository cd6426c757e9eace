// The open modal: the uppermost view of the acting person.

import { blocks } from "./blocks.js";
import { h, morphChildren, pushbutton } from "./dom.js";
import { faults } from "./faults.js";

const FIELDS = "input, textarea, select";

export class Modal {
  #dialog = document.getElementById("modal");
  #shown = null; // which view, in which of its lives
  #wantsError = false; // after a refused submission the focus goes to the first error, once

  constructor(page) {
    this.page = page;
    this.#dialog.onkeydown = (event) => this.#key(event);
  }

  draw() {
    const { view } = this.page;
    if (!view) return this.#close();
    const life = `${this.page.state.me} ${view.id} ${view.callback_id}`;
    morphChildren(this.#dialog, h("div", {}, this.#form(view, life)));
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#focus(life !== this.#shown);
    this.#shown = life;
  }

  /** The browser gives the focus back to where it was before the modal opened. */
  #close() {
    if (this.#dialog.open) this.#dialog.close();
    this.#dialog.replaceChildren();
    this.#shown = null;
  }

  #form(view, life) {
    const { page } = this;
    const surface = {
      page,
      name: view.id,
      blocks: view.blocks,
      where: { view_id: view.id },
      warning: view.warning,
      view,
    };
    const submit = (event) => {
      event.preventDefault();
      this.#submit(view);
    };
    return h(
      "form",
      { key: life, novalidate: true, tabindex: "-1", onsubmit: submit },
      this.#head(view),
      faults(page), // a modal covers the page's own place for them
      h("div", { class: "blocks" }, blocks(surface)),
      this.#foot(view),
    );
  }

  #head(view) {
    const stacked = this.page.state.views.length > 1;
    return h(
      "header",
      {},
      stacked && pushbutton("quiet back", "‹", () => this.#leave(view), { "aria-label": "Back" }),
      h("h2", { id: "modal-title" }, view.title),
      pushbutton("quiet close", "✕", () => this.#leave(view, true), { "aria-label": "Close" }),
    );
  }

  #foot(view) {
    const wrong = Object.keys(view.errors ?? {}).length;
    const said =
      this.page.notice?.text ??
      view.trouble ??
      (wrong && `${wrong === 1 ? "One field needs" : `${wrong} fields need`} another look.`);
    const busy = view.busy || this.page.busy.has(view.id);
    return h(
      "footer",
      {},
      h("p", { class: "said", role: "alert" }, said || ""),
      pushbutton("plain", view.close, () => this.#leave(view), { key: "close" }),
      view.submit &&
        h("button", { key: "submit", type: "submit", class: "primary", "aria-busy": busy && "true" }, view.submit),
    );
  }

  async #submit(view) {
    if (!view.submit || view.busy) return;
    const answer = await this.page.click(view.id, "submit", { view_id: view.id });
    this.#wantsError = Object.keys(answer?.errors ?? {}).length > 0;
    this.page.draw();
  }

  #leave(view, all = false) {
    return this.page.click(`leave ${view.id}`, "close", { view_id: view.id, all });
  }

  #focus(fresh) {
    const wrong = this.#dialog.querySelector("[aria-invalid=true]");
    if (this.#wantsError && wrong) {
      this.#wantsError = false;
      (wrong.matches(FIELDS) ? wrong : wrong.querySelector(FIELDS)).focus();
      wrong.scrollIntoView({ block: "center" });
    } else if (fresh) (this.#dialog.querySelector(FIELDS) ?? this.#dialog.querySelector("form")).focus();
    else if (!this.#dialog.contains(document.activeElement) && !document.querySelector("#confirm[open]")) {
      this.#dialog.querySelector("form").focus({ preventScroll: true }); // what had it is gone
    }
  }

  /** Escape is Cancel, unless it is meant for an open menu; Tab goes round within the modal. */
  #key(event) {
    if (event.key === "Escape" && !this.#dialog.querySelector(":popover-open")) {
      event.preventDefault();
      this.#leave(this.page.view);
    }
    if (event.key !== "Tab") return;
    const stops = [...this.#dialog.querySelectorAll(`button, a, ${FIELDS}`)].filter(
      (stop) => stop.tabIndex >= 0 && !stop.disabled,
    );
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    const outside = document.activeElement === this.#dialog.querySelector("form") && event.shiftKey;
    if (document.activeElement !== edge && !outside) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }
}
