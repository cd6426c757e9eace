// An input block: label, field, counter, error and hint, tied together for eyes and screen readers.

import { h } from "./dom.js";
import { field, isField, isGroup, shownValue } from "./fields.js";

export function inputBlock(block, surface) {
  const { element } = block;
  if (!isField(element)) return h("p", { class: "unknown" }, `This page cannot show “${element.type}”.`);
  const id = `field-${surface.name}-${block.block_id}`.replace(/[^\w-]/g, "_");
  const error = surface.view.errors?.[block.block_id];
  const described = [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(" ");
  const traits = {
    id,
    "aria-invalid": error && "true",
    "aria-required": !block.optional && !isGroup(element) && "true",
    "aria-describedby": described || null,
  };
  const below = [
    counter(element, block, surface),
    error && h("p", { id: `${id}-error`, class: "error" }, error),
    block.hint && h("p", { id: `${id}-hint`, class: "hint text" }, block.hint.text),
  ];
  const caption = [
    h("span", { class: block.optional ? "" : "required" }, block.label.text),
    block.optional && optional(),
  ];
  const shown = field(element, block, surface, traits);
  // Several boxes share one label: that is what a fieldset is for.
  if (isGroup(element)) {
    return h("fieldset", { "aria-describedby": described || null }, h("legend", {}, caption), shown, below);
  }
  return [h("label", { for: id }, caption), shown, below];
}

function optional() {
  return h("span", { class: "optional" }, " (optional)");
}

/** How much was typed of what may be. Nothing is cut: a silent cut would lose the end of a pasted text. */
function counter(element, block, surface) {
  const most = element.max_length;
  if (!most) return null;
  const length = [...(shownValue(element, block, surface) ?? "")].length;
  const over = length - most;
  const text = over > 0 ? `${over} too many` : `${length} / ${most}`;
  return h("p", { class: over > 0 ? "counter over" : length > most * 0.8 ? "counter near" : "counter" }, text);
}
