// The tree of what was read: headings, paragraphs, notes bound to their marks, tables, issues where they are.

import { h } from "./dom.js";
import { annotated } from "./annotated.js";

const SETTLE_MS = 120;

/**
 * `chosen(figure)` when a figure is; `shown(place)` when `goTo` has gone to one; `passed(page)` when reading comes to another page.
 * Returns {node, goTo(place), goToPage(number), watch(scroller)}.
 */
export function parsedTree(read, { chosen, shown, passed }) {
  const { parsed, issues } = read;
  const blocks = []; // every block in reading order: {start, end, node}
  const ink = annotated(read, { shown: (figure) => { hush(); chosen(figure); }, jump: (id) => jump(id) });
  const node = h("div", { class: "tree", lang: "vi" });
  let silent = 0; // until when scrolling is our own doing and turns no page
  let last = 0; // the page reading last came to

  function keep(spans, made) {
    if (spans.length) blocks.push({ start: spans[0][0], end: spans[spans.length - 1][1], node: made });
    return made;
  }

  function paragraph(one) {
    return keep(one.spans, h("p", { class: `para depth-${Math.min(one.depth, 3)}` }, ...one.spans.flatMap((span) => ink.pieces(span))));
  }

  function note(one, at) {
    const back = one.mark
      ? h("button", { type: "button", class: "place", text: "về chỗ gắn", on: { click: () => jump(`mark-${at}`) } })
      : h("strong", { class: "warn", text: "không tìm thấy dấu trong bài" });
    return keep(one.spans, ink.bind(h("li", { id: `note-${at}`, class: "note", tabindex: "-1" },
      h("span", { class: "note-label", text: `Chú thích ${one.label}: ` }), ...one.spans.flatMap((span) => ink.pieces(span)), " ", back), at));
  }

  function table(one) {
    const rows = one.rows.map((cells) => keep(cells, h("tr", {}, ...cells.map((cell) => h("td", {}, ...ink.pieces(cell))))));
    const caption = [one.caption, one.unit].filter(Boolean).join(" · ") || "Bảng";
    return h("div", { class: "table-box", role: "region", tabindex: "0", "aria-label": caption },
      h("table", {}, h("caption", { text: caption }),
        one.columns.length ? h("thead", {}, h("tr", {}, ...one.columns.map((name) => h("th", { scope: "col", text: name })))) : null,
        h("tbody", {}, ...rows)));
  }

  function section(one) {
    const own = [
      ...parsed.paragraphs.filter((each) => each.section === one.id && each.kind !== "table_row").map((each) => [first(each.spans), () => paragraph(each)]),
      ...parsed.tables.filter((each) => each.section === one.id).map((each) => [tableStart(each), () => table(each)]),
    ].sort((a, b) => a[0] - b[0]);
    const heading = one.heading ? keep([one.heading], h("p", { role: "heading", "aria-level": String(Math.min(one.level + 2, 6)), class: `head level-${Math.min(one.level, 4)}` }, ...ink.pieces(one.heading))) : null;
    const content = own.map(([, make]) => make());
    const notes = parsed.footnotes.map((each, at) => [each, at]).filter(([each]) => each.section === one.id).map(([each, at]) => note(each, at));
    if (!heading && !content.length && !notes.length) return null;
    return h("section", { class: "tree-section" }, heading, ...content, notes.length ? h("ul", { class: "notes" }, ...notes) : null);
  }

  function blockAt(offset) {
    return blocks.find((one) => one.start <= offset && offset < one.end) || blocks.find((one) => one.end > offset) || blocks[blocks.length - 1];
  }

  function hush() {
    silent = Date.now() + 5 * SETTLE_MS;
  }

  function jump(id) {
    const target = node.querySelector(`#${id}`);
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  function goTo(place) {
    const block = blockAt(place.start);
    if (!block) return;
    node.querySelectorAll(".here").forEach((one) => one.classList.remove("here"));
    block.node.classList.add("here");
    hush();
    block.node.scrollIntoView({ block: "center" });
    shown(place);
  }

  function goToPage(number) {
    const page = parsed.pages.find((one) => one.number === number);
    const block = page && blocks.find((one) => one.start >= page.start && one.start < page.end);
    if (!block) return;
    last = number;
    hush();
    block.node.scrollIntoView({ block: "start" });
  }

  /** Tell `passed` which page the first block in view of `scroller` is printed on. */
  function watch(scroller) {
    if (!parsed.pages.length) return;
    let timer = 0;
    scroller.addEventListener("scroll", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        const top = scroller.getBoundingClientRect().top;
        const block = blocks.find((one) => one.node.getBoundingClientRect().bottom > top);
        const page = block && parsed.pages.find((one) => block.start < one.end);
        if (!page || page.number === last) return;
        last = page.number;
        if (Date.now() > silent) passed(page.number);
      }, SETTLE_MS);
    });
  }

  node.append(...parsed.sections.map(section).filter(Boolean));
  blocks.sort((a, b) => a.start - b.start);
  for (const issue of issues) {
    const block = Number.isInteger(issue.start) ? blockAt(issue.start) : null;
    if (!block) continue;
    const remark = h("p", { class: `issue ${issue.severity}` }, h("strong", { text: issue.severity === "warning" ? "Cần xem: " : "Ghi nhận: " }), issue.message);
    const row = block.node.closest(".table-box") || block.node;
    if (row.tagName === "LI") row.append(remark);
    else row.after(remark);
  }
  return { node, goTo, goToPage, watch };
}

function first(spans) {
  return spans.length ? spans[0][0] : 0;
}

function tableStart(table) {
  return table.rows.length ? first(table.rows[0]) : 0;
}
