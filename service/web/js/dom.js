// Building the page from nodes and text. Nothing here, or anywhere in this folder, parses a string as HTML.

/**
 * Make one element. `attrs`: `class`, `text`, `on` ({event: listener}), `data` ({key: value}), a boolean or string
 * attribute by its name; null, undefined and false leave the attribute out. Children: nodes, strings, null (skipped).
 */
export function h(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "class") node.className = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A push button with a text label. `variant`: "", "primary", "quiet", "pill" or "danger". */
export function button(label, onClick, { variant = "", ...attrs } = {}) {
  return h("button", { type: "button", class: `btn ${variant}`.trim(), on: { click: onClick }, ...attrs }, label);
}

/** Replace all children of `node`. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Say something to screen readers without moving the focus. */
export function announce(message) {
  const region = document.getElementById("live");
  if (region) region.textContent = message;
}

/** Put text on the clipboard; true when it worked. On plain http the clipboard API is missing, hence the old way. */
export async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused (an iframe without the permission): try the old way below.
    }
  }
  const area = h("textarea", { class: "offscreen", "aria-hidden": "true", tabindex: "-1" });
  area.value = text;
  const host = document.querySelector("dialog[open]") || document.body;
  const before = document.activeElement;
  host.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}

/** A button that copies what `makeText()` returns and says so for two seconds. */
export function copyButton(label, makeText, attrs = {}) {
  const node = button(label, async () => {
    const done = await copyText(makeText());
    const said = done ? "Đã sao chép" : "Không sao chép được";
    node.textContent = said;
    announce(said);
    window.setTimeout(() => { node.textContent = label; }, 2000);
  }, { variant: "quiet", ...attrs });
  return node;
}
