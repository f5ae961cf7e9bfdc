// Text with what was read in it: figures with their reading, footnote marks, pieces read with little confidence.

import { h } from "./dom.js";
import { ROLE_NAMES, vietnameseNumber } from "./text.js";
import { attachTip } from "./tip.js";

/** `shown(figure)` when one is chosen, `jump(id)` to go to a note. Returns {pieces([start, end]), bind(node, note)}. */
export function annotated({ text, parsed, figures }, { shown, jump }) {
  const marks = parsed.footnotes
    .map((note, at) => ({ note, at }))
    .filter(({ note }) => note.mark)
    .map(({ note, at }) => ({ start: note.mark[0], end: note.mark[1], note, at }));
  const things = [...unique(figures).map((figure) => ({ start: figure.start, end: figure.end, figure })), ...marks]
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const doubts = parsed.doubtful;

  /** Nodes for characters [start, end): text, figures, marks. */
  function pieces([start, end]) {
    const nodes = [];
    let at = start;
    for (let next = firstFrom(things, start); next < things.length && things[next].start < end; next += 1) {
      const thing = things[next];
      if (thing.start < at || thing.end > end) continue; // overlapped, or cut by a page's notes: its text stands as it is
      nodes.push(...plain(at, thing.start), thing.figure ? figureNode(thing.figure) : markNode(thing));
      at = thing.end;
    }
    return [...nodes, ...plain(at, end)];
  }

  function plain(start, end) {
    const nodes = [];
    let at = start;
    for (const [from, to] of doubts) {
      if (to <= at) continue;
      if (from >= end) break;
      if (from > at) nodes.push(text.slice(at, from));
      nodes.push(h("span", { class: "doubt", title: "Đọc chưa chắc", text: text.slice(Math.max(at, from), Math.min(to, end)) }));
      at = Math.min(to, end);
    }
    if (at < end) nodes.push(text.slice(at, end));
    return nodes;
  }

  function figureNode(figure) {
    const node = h("button", { type: "button", class: figure.doubtful ? "fig doubt" : "fig", text: text.slice(figure.start, figure.end), on: { click: () => shown(figure) } });
    attachTip(node, () => [tipRows(figure)]);
    return node;
  }

  function markNode({ note, at, start, end }) {
    const label = `Chú thích ${note.label}`;
    const node = h("button", { type: "button", class: "note-mark", id: `mark-${at}`, "aria-label": label, text: text.slice(start, end), on: { click: () => jump(`note-${at}`) } });
    attachTip(node, () => [h("strong", { text: label }), h("span", { text: note.spans.map(([a, b]) => text.slice(a, b)).join(" ") })]);
    return bind(node, at);
  }

  return { pieces, bind };
}

/** A mark and its note light up together. */
function bind(node, at) {
  const light = (on) => () => {
    const root = node.getRootNode();
    for (const id of [`mark-${at}`, `note-${at}`]) {
      const one = root.getElementById ? root.getElementById(id) : null;
      if (one) one.classList.toggle("linked", on);
    }
  };
  for (const event of ["pointerenter", "focusin"]) node.addEventListener(event, light(true));
  for (const event of ["pointerleave", "focusout"]) node.addEventListener(event, light(false));
  return node;
}

function tipRows(figure) {
  const value = [vietnameseNumber(figure.value), figure.whole ? `/ ${vietnameseNumber(figure.whole)}` : "", figure.unit].filter(Boolean).join(" ");
  const rows = [
    ["Chỉ tiêu", figure.indicator], ["Giá trị", value], ["Loại", ROLE_NAMES[figure.role] || ""], ["So với", figure.base],
    ["Kỳ", figure.period], ["Địa bàn", figure.place], ["Lưu ý", figure.doubtful ? "đọc chưa chắc, hãy đối chiếu" : ""],
  ].filter(([, said]) => said);
  return h("dl", { class: "tip-rows" }, ...rows.map(([name, said]) => h("div", {}, h("dt", { text: name }), h("dd", { text: said }))));
}

/** A figure may stand in two passages; it is shown once. */
function unique(figures) {
  return [...new Map(figures.map((one) => [`${one.start}-${one.end}`, one])).values()];
}

function firstFrom(things, start) {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (things[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
