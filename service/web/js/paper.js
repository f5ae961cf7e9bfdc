// Pages of the original as pictures, with boxes over what is meant.

import { pageImage } from "./api.js";
import { button, fill, h } from "./dom.js";
import { errorCard } from "./errors.js";
import { shorten } from "./text.js";

const ALT_MOST = 160;
const EDGE = 0.004; // of the page: room between letters and their box

/**
 * One page. `boxes`: fractions of the page; `alt`: what the picture shows. Returns {node, load(), mark(boxes)}; the
 * picture is fetched by the first `load()`, which resolves when it stands or its error is shown.
 */
export function paperPage({ reportId, version, number, boxes = [], alt }) {
  const layer = h("div", { class: "paper-boxes", "aria-hidden": "true" });
  const holder = h("div", { class: "paper-sheet" }, h("p", { class: "muted small", role: "status", text: "Đang mở trang…" }));
  const zoom = button("Phóng to", () => {
    const large = node.classList.toggle("large");
    zoom.setAttribute("aria-pressed", String(large));
    showBox(node);
  }, { variant: "quiet", "aria-pressed": "false", "aria-label": `Phóng to trang ${number}` });
  const node = h("figure", { class: "paper", data: { page: number } }, h("div", { class: "paper-frame", tabindex: "0", role: "group", "aria-label": `Trang ${number} của bản gốc` }, holder),
    h("figcaption", { class: "muted small" }, `Trang ${number}`, zoom));
  let loading = null;

  function mark(found) {
    fill(layer, ...found.map((one) => {
      const box = h("div", { class: "paper-box" });
      // Through the style object: an inline style attribute would be refused by the page's security policy.
      box.style.left = percent(one.left - EDGE);
      box.style.top = percent(one.top - EDGE);
      box.style.width = percent(one.right - one.left + 2 * EDGE);
      box.style.height = percent(one.bottom - one.top + 2 * EDGE);
      return box;
    }));
  }

  async function fetchPicture() {
    try {
      const picture = h("img", { alt: alt || `Trang ${number} của bản gốc`, src: await pageImage(reportId, number, version) });
      await picture.decode().catch(() => {}); // A picture the browser cannot decode shows its alternative text.
      fill(holder, picture, layer);
    } catch (error) {
      loading = null;
      fill(holder, errorCard(error, { retry: load }));
    }
  }

  function load() {
    if (!loading) loading = fetchPicture();
    return loading;
  }

  mark(boxes);
  return { node, load, mark, number };
}

/** The pages that `boxes` lie on, each with its boxes. Returns {node, show()}: `show` fetches and scrolls to the first box. */
export function boxedPages({ reportId, version, boxes, quote }) {
  const numbers = [...new Set(boxes.map((one) => one.page))];
  const pages = numbers.map((number) => paperPage({
    reportId, version, number, boxes: boxes.filter((one) => one.page === number),
    alt: `Trang ${number} của bản gốc; đóng khung đoạn “${shorten(quote, ALT_MOST)}”`,
  }));
  const node = h("div", { class: "papers" }, ...pages.map((one) => one.node));

  async function show() {
    await Promise.all(pages.map((one) => one.load()));
    showBox(node);
  }

  return { node, show };
}

/** Bring the first box inside `node` into view. */
export function showBox(node) {
  const box = node.querySelector(".paper-box");
  if (box) box.scrollIntoView({ block: "center", inline: "center" });
}

function percent(part) {
  return `${(Math.min(Math.max(part, 0), 1) * 100).toFixed(3)}%`;
}
