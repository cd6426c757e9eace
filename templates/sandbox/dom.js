// Elements from values, and the smallest change that turns what is shown into what should be.
//
// The page is drawn anew after every change, into a tree that is never shown; `morph` then carries only the
// differences over. So an update from the bot cannot take away the focus, the caret, or a half-typed word.

const HANDLERS = ["onclick", "oninput", "onchange", "onkeydown", "onsubmit", "onbeforetoggle"];
const LIVE = ["value", "checked", "disabled"]; // what a person changes without changing the attribute
const OWN = new Set(["open", "style"]); // belongs to the browser and to whoever opened the element

/** An element. Children may be nodes, strings, lists of them, or nothing (null, false). */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  if (tag === "select" && "value" in properties) element.value = properties.value; // only now are its options there
  return element;
}

/** A button of the page's own; `kind` is its look. */
export function pushbutton(kind, label, onclick, properties = {}) {
  return h("button", { type: "button", class: kind, onclick, ...properties }, label);
}

function set(element, name, value) {
  if (HANDLERS.includes(name) || LIVE.includes(name)) element[name] = value;
  else if (name === "key") element.key = value;
  else if (value === true) element.setAttribute(name, "");
  else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
}

/** Makes `shown` equal to `wanted`, keeping every element that can stay. Children with a `key` keep their identity. */
export function morph(shown, wanted) {
  if (shown.nodeType !== Node.ELEMENT_NODE) {
    if (shown.data !== wanted.data) shown.data = wanted.data;
    return;
  }
  copyAttributes(shown, wanted);
  for (const name of HANDLERS) shown[name] = wanted[name];
  morphChildren(shown, wanted);
  for (const name of LIVE) {
    // Writing an equal value would still clear a half-typed date and move the caret.
    if (name in shown && shown[name] !== wanted[name]) shown[name] = wanted[name];
  }
}

function copyAttributes(shown, wanted) {
  for (const { name } of [...shown.attributes]) {
    if (!wanted.hasAttribute(name) && !OWN.has(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}

/** Makes the children of `shown` equal to those of `wanted`. */
export function morphChildren(shown, wanted) {
  const before = named(shown);
  const after = named(wanted);
  // What goes is removed first: what stays then needs no moving, and a moved element would lose its focus.
  for (const [name, child] of before) if (!after.has(name)) child.remove();
  let place = shown.firstChild;
  for (const [name, child] of after) {
    const kept = before.get(name);
    if (kept) morph(kept, child);
    if (kept !== undefined && kept === place) place = place.nextSibling;
    else shown.insertBefore(kept ?? child, place);
  }
}

/** Children by name: their key, or else their kind and how many of that kind came before. */
function named(parent) {
  const counts = new Map();
  const children = new Map();
  for (const child of parent.childNodes) {
    const kind = child.nodeName;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    children.set(child.key === undefined ? `${kind} ${count}` : `${kind} key ${child.key}`, child);
  }
  return children;
}
