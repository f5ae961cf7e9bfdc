// A stretch of a report's text that grows at both ends.

import { button, h } from "./dom.js";

/** Characters shown before and after a place, and added by each step. */
export const MARGIN = 2000;

/** Characters [from, to) of `text` (CodePoints) with buttons for more; `mark` {start, end} is put in a <mark>. */
export function textWindow(text, { from, to, mark = null }) {
  const before = h("span");
  const after = h("span");
  const inner = mark
    ? [text.slice(from, mark.start), h("mark", { id: "trich-dan", text: text.slice(mark.start, mark.end) }), text.slice(mark.end, to)]
    : [text.slice(from, to)];
  const shown = h("div", { class: "report-text", lang: "vi" }, before, ...inner, after);
  const box = h("div", { class: "text-window" });
  const earlier = button("Xem thêm phần trước", () => {
    const start = text.lineStart(from - MARGIN);
    const scroller = box.closest("dialog");
    const height = shown.offsetHeight;
    before.prepend(text.slice(start, from));
    from = start;
    if (scroller) scroller.scrollTop += shown.offsetHeight - height;
    update();
  }, { variant: "quiet" });
  const later = button("Xem thêm phần sau", () => {
    const end = text.lineEnd(to + MARGIN);
    after.append(text.slice(to, end));
    to = end;
    update();
  }, { variant: "quiet" });

  function update() {
    earlier.hidden = from <= 0;
    later.hidden = to >= text.length;
  }

  update();
  box.append(earlier, shown, later);
  return box;
}
