// Tabs after the ARIA pattern: arrow keys move and choose, only the chosen tab is in the tab order.

import { h } from "./dom.js";

let made = 0;

/** `label` names the list; each of `items` is {label, panel, shown()}; the first is chosen. Returns one node. */
export function tabs(label, items) {
  const base = `tab-${(made += 1)}`;
  const heads = items.map((one, at) => h("button", {
    type: "button", class: "tab", role: "tab", id: `${base}-${at}`, "aria-controls": `${base}-${at}-panel`, text: one.label,
    on: { click: () => choose(at) },
  }));
  const panels = items.map((one, at) => h("div", {
    role: "tabpanel", id: `${base}-${at}-panel`, "aria-labelledby": `${base}-${at}`, class: "tab-panel" }, one.panel));
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": label, on: { keydown: move } }, ...heads);

  function choose(at) {
    heads.forEach((head, number) => {
      head.setAttribute("aria-selected", String(number === at));
      head.tabIndex = number === at ? 0 : -1;
      panels[number].hidden = number !== at;
    });
    // The panel must be in the page before it can scroll to something.
    window.requestAnimationFrame(() => items[at].shown && items[at].shown());
  }

  function move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (heads.indexOf(document.activeElement) + step + heads.length) % heads.length;
    heads[next].focus();
    choose(next);
    event.preventDefault();
  }

  choose(0);
  return h("div", { class: "tabbed" }, list, ...panels);
}
