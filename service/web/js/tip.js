// One tooltip for the whole page: shown on hover and focus, can be hovered itself, closed by Esc (WCAG 1.4.13).

import { fill, h } from "./dom.js";

const HIDE_DELAY_MS = 150;
const EDGE_PX = 8;
let tip = null;
let timer = 0;

function ensureTip() {
  if (tip && tip.isConnected) return tip;
  tip = h("div", { class: "tip", role: "tooltip", id: "tip", hidden: true, on: {
    pointerenter: () => window.clearTimeout(timer), pointerleave: hideSoon } });
  document.body.append(tip);
  return tip;
}

function place(node, owner) {
  const at = owner.getBoundingClientRect();
  const width = node.offsetWidth;
  const left = Math.min(Math.max(EDGE_PX, at.left + at.width / 2 - width / 2), window.innerWidth - width - EDGE_PX);
  const above = at.top - node.offsetHeight - EDGE_PX;
  node.style.left = `${left}px`;
  node.style.top = `${above >= EDGE_PX ? above : at.bottom + EDGE_PX}px`;
}

/** Hide the tooltip now; true when one was showing. */
export function hideTip() {
  window.clearTimeout(timer);
  if (!tip || tip.hidden) return false;
  tip.hidden = true;
  document.querySelectorAll("[aria-describedby=tip]").forEach((one) => one.removeAttribute("aria-describedby"));
  return true;
}

function hideSoon() {
  window.clearTimeout(timer);
  timer = window.setTimeout(hideTip, HIDE_DELAY_MS);
}

/** Give `owner` a tooltip whose nodes `makeContent()` returns. */
export function attachTip(owner, makeContent) {
  const show = () => {
    window.clearTimeout(timer);
    const node = fill(ensureTip(), ...makeContent());
    // A modal dialog covers everything outside it.
    const host = owner.closest("dialog[open]") || document.body;
    if (node.parentNode !== host) host.append(node);
    node.hidden = false;
    owner.setAttribute("aria-describedby", "tip");
    place(node, owner);
  };
  owner.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(); });
  owner.addEventListener("pointerleave", hideSoon);
  owner.addEventListener("focus", () => { if (owner.matches(":focus-visible")) show(); });
  owner.addEventListener("blur", hideTip);
  owner.addEventListener("click", hideTip);
}
