// The elements in which a person types or picks a value.

import { h, pushbutton } from "./dom.js";
import { textObject } from "./text.js";
import { instant, wall } from "./time.js";

const TYPED = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number" };
const NOTHING = {
  users_select: "Nobody chosen",
  conversations_select: "No channel chosen",
  channels_select: "No channel chosen",
  static_select: "Nothing chosen",
}; // every kind of select, and what it shows while it is empty
const BOXES = { checkboxes: "checkbox", radio_buttons: "radio" };

export const isGroup = ({ type }) => type in BOXES || type === "datetimepicker";
export const isField = (element) => element.type in TYPED || element.type in NOTHING || isGroup(element);

/** The field for an element; `traits` are attributes for the control itself. */
export function field(element, block, surface, traits) {
  const change = (value) => changed(value, element, block, surface);
  const value = shownValue(element, block, surface);
  if (element.type in TYPED) return typed(element, value, change, traits);
  if (element.type in NOTHING) return select(element, block, surface, value, change, traits);
  if (element.type in BOXES) return boxes(element, surface, value, change, traits);
  return dateTime(element, block, surface, value, change, traits);
}

const placeOf = (element, block, { page, where }) => ({
  user: page.state.me,
  ...where,
  block_id: block.block_id,
  action_id: element.action_id,
});

/** What stands in the field now. */
export function shownValue(element, block, surface) {
  const { page, view } = surface;
  const known = view?.values[block.block_id]?.[element.action_id] ?? null;
  return page.typing.shown(placeOf(element, block, surface), known, page.state.version);
}

/** In an input block a value is only kept; elsewhere it is an act that the bot hears of. */
function changed(value, element, block, surface) {
  const { page } = surface;
  const place = placeOf(element, block, surface);
  if (block.type === "input" && !block.dispatch_action) {
    page.typing.type(place, value);
    page.draw();
  } else page.click(`${surface.name} ${block.block_id} ${element.action_id}`, "action", { ...place, value });
}

function typed(element, value, change, traits) {
  const properties = {
    ...traits,
    dir: "auto",
    value: value ?? "",
    placeholder: element.placeholder?.text,
    autocomplete: "off",
    oninput: (event) => change(event.target.value),
  };
  if (element.multiline) return h("textarea", { ...properties, rows: "2" });
  return h("input", { ...properties, type: TYPED[element.type] });
}

function select(element, block, { page, view }, value, change, traits) {
  const choices =
    view?.choices?.[block.block_id]?.[element.action_id] ??
    (element.options ?? []).map((option) => ({ id: option.value, name: option.text.text }));
  const known = choices.some(({ id }) => id === value);
  const options =
    value && !known
      ? [...choices, { id: value, name: page.channel(value)?.name ?? page.nameOf(value) ?? value }]
      : choices;
  return h(
    "select",
    { ...traits, value: value ?? "", onchange: (event) => change(event.target.value || null) },
    h("option", { value: "" }, element.placeholder?.text ?? NOTHING[element.type]),
    options.map(({ id, name }) =>
      h("option", { key: id, value: id }, /^[CG]/.test(id) && element.type !== "static_select" ? `#${name}` : name),
    ),
  );
}

function boxes(element, { page }, value, change, { id, ...traits }) {
  const type = BOXES[element.type];
  const chosen = [value ?? []].flat();
  const toggle = (option, checked) => {
    const others = chosen.filter((other) => other !== option);
    change(type === "radio" ? option : checked ? [...others, option] : others);
  };
  return element.options.map((option) =>
    h(
      "label",
      { key: option.value, class: "box" },
      h("input", {
        ...traits,
        type,
        name: id,
        checked: chosen.includes(option.value),
        value: option.value,
        onchange: (event) => toggle(option.value, event.target.checked),
      }),
      h(
        "span",
        {},
        textObject(option.text, page),
        option.description && h("small", {}, textObject(option.description, page)),
      ),
    ),
  );
}

/** Date and time on the acting person's own clock. */
function dateTime(element, block, { page, name }, value, change, { id, ...traits }) {
  const { zone } = page.reader();
  const key = `${name} ${block.block_id}`;
  const half = page.halves.get(key);
  const shown = half && instant(half, zone) === value ? half : value ? wall(value, zone) : { date: "", time: "" };
  const pick = (part) => (event) => {
    const picked = completed({ ...shown, [part]: event.target.value }, page);
    page.halves.set(key, picked);
    change(instant(picked, zone));
  };
  const clear = () => {
    page.halves.delete(key);
    change(null);
  };
  return h(
    "div",
    { class: "moment" },
    h("input", { ...traits, id, type: "date", "aria-label": "Date", value: shown.date, onchange: pick("date") }),
    h("input", { ...traits, type: "time", "aria-label": "Time", value: shown.time, onchange: pick("time") }),
    h("span", { class: "zone" }, page.me.tz_label),
    value && pushbutton("quiet", "Clear", clear),
  );
}

/** Fills in the time when only a date was picked, as Slack's own picker does: the next full hour. */
function completed(picked, page) {
  if (picked.time || instant({ ...picked, time: "12:00" }, "UTC") === null) return picked;
  const { time } = wall(page.now() + 3600, page.reader().zone);
  return { ...picked, time: `${time.slice(0, 2)}:00` };
}
