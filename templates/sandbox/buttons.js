// What sends something to the bot when it is pressed: buttons and overflow menus.

import { confirmed } from "./confirm.js";
import { h, pushbutton } from "./dom.js";
import { textObject } from "./text.js";

const MENU_HEIGHT = 230; // five options, the most that a menu may have

export function button(element, block, surface) {
  const name = pressName(element, block, surface);
  return pushbutton(element.style ?? "plain", element.text.text, () => press(element, block, surface), {
    key: element.action_id,
    "aria-label": element.accessibility_label,
    "aria-busy": surface.page.busy.has(name) && "true",
  });
}

/** A menu behind three dots. The browser's popover closes it with Escape or a click elsewhere. */
export function overflow(element, block, surface) {
  const name = pressName(element, block, surface);
  const id = `menu-${name}`.replace(/[^\w-]/g, "_");
  const items = element.options.map((option, number) => {
    const pick = (event) => choose(event, option, element, block, surface);
    const label = textObject(option.text, surface.page);
    return pushbutton(null, label, pick, { role: "menuitem", tabindex: "-1", autofocus: number === 0 });
  });
  const opener = pushbutton("plain dots", "⋯", null, {
    popovertarget: id,
    "aria-haspopup": "menu",
    "aria-label": "More choices",
    "aria-busy": surface.page.busy.has(name) && "true",
  });
  const menu = h("div", { id, popover: "auto", role: "menu", onbeforetoggle: place, onkeydown: walk }, items);
  return h("span", { key: element.action_id, class: "overflow" }, opener, menu);
}

const pressName = (element, block, surface) => `${surface.name} ${block.block_id} ${element.action_id}`;

async function press(element, block, surface, value) {
  const { page, where } = surface;
  if (element.confirm && !(await confirmed(element.confirm, page))) return;
  const body = { ...where, block_id: block.block_id, action_id: element.action_id };
  if (value !== undefined) body.value = value;
  if (element.confirm) body.confirmed = true;
  await page.click(pressName(element, block, surface), "action", body);
}

function choose(event, option, element, block, surface) {
  event.currentTarget.parentElement.hidePopover();
  return press(element, block, surface, option.value);
}

/** Puts a menu beside its dots, above them where there is no room below. */
function place(event) {
  const menu = event.currentTarget;
  const { left, top, bottom } = menu.previousElementSibling.getBoundingClientRect();
  const above = bottom + MENU_HEIGHT > innerHeight;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - 248))}px`;
  menu.style.top = above ? "auto" : `${bottom + 4}px`;
  menu.style.bottom = above ? `${innerHeight - top + 4}px` : "auto";
}

/** Arrow keys, Home and End walk through a menu; Tab leaves it. */
function walk(event) {
  const items = [...event.currentTarget.children];
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key === "Tab") event.currentTarget.hidePopover();
  if (!(event.key in steps)) return;
  event.preventDefault();
  items.at(steps[event.key] % items.length).focus();
}
