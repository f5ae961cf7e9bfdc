// The source panel: the quote boxed on the page it is printed on, and the report text with the exact characters marked.

import { downloadOriginal, getBoxes, getReport, getText, getTree } from "./api.js";
import { announce, button, fill, h } from "./dom.js";
import { errorCard } from "./errors.js";
import { MARGIN, textWindow } from "./excerpt.js";
import { sectionAround } from "./outline.js";
import { boxedPages } from "./paper.js";
import { tabs } from "./tabs.js";
import { citationPlace, CodePoints, vietnameseDate } from "./text.js";

const SECTION_MOST = 6000;
const NARROW = "(max-width: 900px)";

/**
 * The panel lives in one <dialog>: beside the chat on a wide screen, a modal sheet on a narrow one.
 * Returns {open(citation), openReport(report), close(), isOpen(), forget(reportId)}.
 */
export function sourcePanel(dialog) {
  const texts = new Map();
  let opener = null;
  let turn = 0;

  function close() {
    if (!dialog.open) return;
    dialog.close();
  }

  dialog.addEventListener("close", () => {
    document.body.classList.remove("with-source");
    turn += 1;
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    event.preventDefault();
    close();
  });

  function show() {
    if (!dialog.contains(document.activeElement)) opener = document.activeElement;
    if (dialog.open) return;
    if (window.matchMedia(NARROW).matches) dialog.showModal();
    else dialog.show();
    document.body.classList.add("with-source");
  }

  /** The text as code points; asked for again when `fresh`. */
  async function textOf(id, { version, fresh = false } = {}) {
    const key = `${id} ${version || ""}`;
    if (fresh || !texts.has(key)) texts.set(key, new CodePoints((await getText(id, version)).text));
    return texts.get(key);
  }

  async function load(citation) {
    const { report_id: id, version_id: version } = citation;
    const places = citation.page ? orNull(getBoxes(id, { start: citation.start, end: citation.end, version })) : null;
    const [first, report, tree, boxes] = await Promise.all(
      [textOf(id, { version }), orNull(getReport(id)), orNull(getTree(id, version)), places]);
    // An answer kept from before versions were named: the report may have been replaced since, so ask once more.
    const text = agrees(first, citation) ? first : await textOf(id, { version, fresh: true });
    return { text, report, tree, boxes: boxes || [] };
  }

  async function present(citation, work, build) {
    const mine = (turn += 1);
    const title = h("h2", { id: "source-title", tabindex: "-1", text: citation.report_title });
    const body = h("div", { class: "source-content" }, h("p", { class: "muted", role: "status", text: "Đang mở nguồn…" }));
    fill(dialog, panelHead(title, citation, close), body);
    show();
    title.focus();
    try {
      const loaded = await work();
      if (mine === turn) build(body, loaded);
    } catch (error) {
      if (mine === turn) fill(body, errorCard(error, { retry: () => present(citation, work, build) }));
    }
  }

  const openReport = (report) => present({ report_id: report.id, report_title: report.title || report.name },
    async () => ({ text: await textOf(report.id, { fresh: true }), report }),
    (body, { text }) => {
      fill(body, details({ report_id: report.id, issuer: report.issuer, period: report.period }, report),
        textWindow(text, { from: 0, to: Math.min(text.length, SECTION_MOST) }));
    });

  return {
    close,
    openReport,
    isOpen: () => dialog.open,
    forget: (id) => [...texts.keys()].filter((key) => key.startsWith(`${id} `)).forEach((key) => texts.delete(key)),
    open: (citation) => present(citation, () => load(citation), (body, loaded) => {
      showQuote(body, citation, loaded);
      if (replaced(citation, loaded.report)) body.prepend(replacedBand(loaded.report, openReport));
    }),
  };
}

function agrees(text, citation) {
  return citation.start < citation.end && citation.end <= text.length && text.slice(citation.start, citation.end) === citation.quote;
}

/** Whether the version cited no longer answers: the report that has its id is another version now. */
function replaced(citation, report) {
  return Boolean(report && citation.version_id && report.version_id && report.version_id !== citation.version_id);
}

function replacedBand(report, openReport) {
  return h("div", { class: "band", role: "note" },
    h("p", { text: "Báo cáo đã có bản mới. Đoạn dưới đây thuộc bản cũ; hãy hỏi lại để được trả lời theo bản đang dùng." }),
    h("p", {}, button("Xem bản đang dùng", () => openReport(report), { variant: "quiet" })));
}

async function orNull(promise) {
  try {
    return await promise;
  } catch {
    return null; // Number, date and outline are extras: the quote is shown without them.
  }
}

function panelHead(title, citation, close) {
  const where = [citation.period, citationPlace(citation)].filter(Boolean).join(" · ");
  return h("header", { class: "panel-head" },
    h("div", { class: "panel-title" }, title, where ? h("p", { class: "muted small", text: where }) : null),
    button("Đóng", close, { variant: "quiet close", "aria-label": "Đóng nguồn" }));
}

function details(citation, report) {
  const rows = [
    ["Cơ quan", citation.issuer || (report && report.issuer)],
    ["Số, ký hiệu", report && report.number],
    ["Ngày", report && vietnameseDate(report.issued_on)],
    ["Kỳ", citation.period],
    ["Mục", (citation.section_path || []).join(" › ")],
    ["Chú thích", citation.footnote],
    ["Trang", citation.page && `${citation.page}${report && report.scanned ? " (bản quét)" : ""}`],
  ].filter(([, value]) => value);
  const said = h("span", { class: "muted small", role: "status" });
  return h("div", {},
    h("dl", { class: "details" }, ...rows.map(([name, value]) => h("div", {}, h("dt", { text: name }), h("dd", { text: String(value) })))),
    h("p", {}, button("Tải bản gốc", async () => {
      said.textContent = "Đang tải…";
      try {
        await downloadOriginal(citation.report_id, citation.version_id);
        said.textContent = "";
      } catch (error) {
        said.textContent = error.message;
      }
    }, { variant: "quiet" }), said));
}

function showQuote(body, citation, { text, report, tree, boxes }) {
  if (!agrees(text, citation)) {
    fill(body, details(citation, report),
      h("div", { class: "band", role: "alert" }, h("p", { text: "Văn bản hiện lưu không còn khớp với đoạn đã trích. Báo cáo có thể đã được thay bằng bản khác, nên không đánh dấu vị trí nào." })),
      h("h3", { text: "Đoạn trích khi trả lời" }), h("blockquote", { class: "report-text", text: citation.quote }));
    announce("Văn bản hiện lưu không khớp với đoạn đã trích.");
    return;
  }
  const around = sectionAround(tree, citation.start, citation.end, SECTION_MOST);
  const box = textWindow(text, {
    from: around ? around.start : text.lineStart(citation.start - MARGIN),
    to: around ? Math.min(around.end, text.length) : text.lineEnd(citation.end + MARGIN),
    mark: citation,
  });
  const showText = () => box.querySelector("mark").scrollIntoView({ block: "center" });
  if (boxes.length) {
    const paper = boxedPages({ reportId: citation.report_id, version: citation.version_id, boxes, quote: citation.quote });
    fill(body, details(citation, report), tabs("Nguồn", [
      { label: "Trang gốc", panel: paper.node, shown: paper.show },
      { label: "Văn bản", panel: box, shown: showText },
    ]));
  } else {
    fill(body, details(citation, report), box);
    showText();
  }
  announce(`Đã mở nguồn ${citation.index || ""}: ${citationPlace(citation)}`);
}
