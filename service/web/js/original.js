// The original beside what was read of it: page pictures where the file has pages, else its text as it stands.

import { getBoxes } from "./api.js";
import { button, fill, h } from "./dom.js";
import { MARGIN, textWindow } from "./excerpt.js";
import { paperPage, showBox } from "./paper.js";

/** `turned(number)` when the reader turns a page. Returns {node, mark({start, end}), turnTo(number)}. */
export function original(report, text, parsed, { turned }) {
  return parsed.pages.length ? papers(report, parsed.pages, turned) : plainText(text);
}

function papers(report, pages, turned) {
  const sheets = new Map();
  const holder = h("div");
  const where = h("span", { role: "status", class: "small" });
  const back = button("Trang trước", () => turn(-1), { variant: "quiet" });
  const forth = button("Trang sau", () => turn(1), { variant: "quiet" });
  const node = h("div", {}, h("div", { class: "pager" }, back, where, forth), holder);
  let at = -1;
  let asked = 0;

  function sheet(number) {
    if (!sheets.has(number)) {
      sheets.set(number, paperPage({ reportId: report.id, version: report.version_id, number }));
    }
    return sheets.get(number);
  }

  function turnTo(number) {
    const next = pages.findIndex((one) => one.number === number);
    if (next < 0 || next === at) return;
    at = next;
    const page = pages[at];
    where.textContent = `Trang ${page.number}/${pages.length}${page.scanned ? " (bản quét)" : ""}`;
    back.disabled = at === 0;
    forth.disabled = at === pages.length - 1;
    fill(holder, sheet(number).node);
    sheet(number).load();
  }

  function turn(step) {
    if (!pages[at + step]) return;
    turnTo(pages[at + step].number);
    turned(pages[at].number);
  }

  async function mark(piece) {
    const mine = (asked += 1);
    const page = pages.find((one) => one.start <= piece.start && piece.start < one.end);
    if (page) turnTo(page.number);
    try {
      const boxes = await getBoxes(report.id, { start: piece.start, end: piece.end, version: report.version_id });
      if (mine !== asked || !boxes.length) return;
      turnTo(boxes[0].page);
      const shown = sheet(boxes[0].page);
      shown.mark(boxes.filter((one) => one.page === boxes[0].page));
      await shown.load();
      showBox(shown.node);
    } catch {
      // Without boxes the page itself still stands beside the text.
    }
  }

  return { node, mark, turnTo };
}

function plainText(text) {
  const holder = h("div", {}, textWindow(text, { from: 0, to: Math.min(text.length, 3 * MARGIN) }));
  const node = h("div", {}, h("p", { class: "muted small", text: "Tệp không có trang cố định. Đây là toàn văn đúng từng chữ; xem trình bày thì tải bản gốc." }), holder);

  function mark(piece) {
    fill(holder, textWindow(text, { from: text.lineStart(piece.start - MARGIN), to: text.lineEnd(piece.end + MARGIN), mark: piece }));
    holder.querySelector("mark").scrollIntoView({ block: "center" });
  }

  return { node, mark, turnTo: () => {} };
}
