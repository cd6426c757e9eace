// Block Kit as elements. A *surface* is what carries blocks: a message or a view.
//
// surface: {page, name, blocks, where: how an act names it, warning, and for a view also view}

import { button, overflow } from "./buttons.js";
import { h } from "./dom.js";
import { field, isField } from "./fields.js";
import { inputBlock } from "./inputs.js";
import { textObject } from "./text.js";

const RENDER = { section, header, context, divider: () => h("hr"), actions, input: inputBlock };

/** All blocks of a surface. */
export function blocks(surface) {
  return surface.blocks.map((block) => {
    const render = RENDER[block.type] ?? unknown;
    return h(
      "div",
      { key: block.block_id, class: `block ${block.type}` },
      render(block, surface),
      warning(block, surface),
    );
  });
}

function section(block, surface) {
  const text = block.text && h("div", { class: "text" }, textObject(block.text, surface.page));
  const fields = block.fields?.map((part) => h("div", { class: "text" }, textObject(part, surface.page)));
  return [
    h("div", { class: "body" }, text, fields && h("div", { class: "fields" }, fields)),
    block.accessory && element(block.accessory, block, surface),
  ];
}

function header(block) {
  return h("h3", { class: "text" }, block.text.text);
}

function context(block, surface) {
  return block.elements.map((part) =>
    part.type === "image" ? h("span", {}, part.alt_text) : h("div", { class: "text" }, textObject(part, surface.page)),
  );
}

function actions(block, surface) {
  return block.elements.map((part) => element(part, block, surface));
}

function element(part, block, surface) {
  if (part.type === "button") return button(part, block, surface);
  if (part.type === "overflow") return overflow(part, block, surface);
  if (isField(part)) return field(part, block, surface, { "aria-label": part.placeholder?.text ?? "Choose" });
  return unknown(part);
}

function unknown({ type }) {
  return h("p", { class: "unknown" }, `This page cannot show “${type}”.`);
}

/** A click that the bot did not acknowledge in time. */
function warning(block, { warning }) {
  return warning && warning.block_id === block.block_id && h("p", { class: "warning", role: "alert" }, warning.text);
}
