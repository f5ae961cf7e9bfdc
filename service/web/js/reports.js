// The reports drawer: what is stored and how well it was read, adding files, removing a report.

import { listReports, removeReport } from "./api.js";
import { announce, button, fill, h } from "./dom.js";
import { errorCard } from "./errors.js";
import { dropped, IMAGES, KINDS, sorted } from "./picked.js";
import { balanceCard, qualityBadge } from "./reading.js";
import { vietnameseDate } from "./text.js";
import { uploadRow } from "./upload.js";

/**
 * `onChange(reports)` after every reading; `onScope(report)`; `onRead(report)`; `onParsed(report, place)`; `onRemoved(id)`;
 * `onUnauthorized(retry)`. Returns {open, refresh, add}.
 */
export function reportsDrawer(dialog, { onChange, onScope, onRead, onParsed, onRemoved, onUnauthorized }) {
  const list = h("ul", { class: "report-list" });
  const state = h("div", { role: "status" });
  const skipped = h("p", { class: "small muted", role: "status" });
  const uploads = h("ul", { class: "uploads", "aria-label": "Tệp đang nhận" });
  const picker = filePicker({ multiple: true }, (files) => add(files));
  const sheets = filePicker({ multiple: true, accept: IMAGES.join(",") }, (files) => addAsOne(files));
  const folder = filePicker({ webkitdirectory: true }, (files) => add(files));
  const drop = h("div", { class: "drop" },
    h("p", { text: "Kéo thả tệp hoặc thư mục báo cáo vào đây, hoặc" }),
    h("div", { class: "card-tools" }, button("Chọn tệp để thêm", () => picker.click(), { variant: "primary" }),
      button("Chọn cả thư mục", () => folder.click()),
      button("Ghép ảnh các trang của một báo cáo", () => sheets.click())),
    h("p", { class: "muted small", text: "Nhận Word (.docx, .doc, .odt, .rtf), PDF, bản quét (.pdf, .png, .jpg, .tif), .html, .txt, .md. Báo cáo cùng cơ quan, số và ngày tự thay bản cũ. Không thêm văn bản có dấu mật." }),
    picker, folder, sheets);
  const title = h("h2", { id: "reports-title", tabindex: "-1", text: "Báo cáo" });
  fill(dialog, h("header", { class: "panel-head" }, title, button("Đóng", () => dialog.close(), { variant: "quiet close", "aria-label": "Đóng danh sách báo cáo" })),
    h("div", { class: "drawer-content" }, drop, skipped, uploads, state, list));
  acceptDrops();

  /** Read the list again; an error is shown in the drawer. */
  async function refresh() {
    try {
      const reports = await listReports();
      fill(state, h("p", { class: "muted", text: reports.length ? `${reports.length} báo cáo` : "Chưa có báo cáo nào. Hãy thêm báo cáo đầu tiên." }));
      // An open question whether to remove one stays under the reader's hand.
      if (!list.querySelector(".confirm")) fill(list, ...reports.map(reportItem));
      onChange(reports);
      return reports;
    } catch (error) {
      fill(state, errorCard(error, { retry: refresh }));
      if (error.status === 401) onUnauthorized(refresh);
      return null;
    }
  }

  function open() {
    if (!dialog.open) dialog.showModal();
    title.focus();
    refresh();
  }

  /** Send files in; `replace` is the report the (one) file takes the place of. */
  function add(files, replace = "") {
    if (!dialog.open) open();
    const { wanted, others } = sorted(files);
    skipped.textContent = others ? `Bỏ qua ${others} tệp không phải định dạng báo cáo.` : "";
    for (const file of wanted) uploads.append(uploadRow([file], { replace, onDone: refresh, openPlace: onParsed }));
  }

  /** Send in images that are the pages of one report. */
  function addAsOne(files) {
    if (files.length) uploads.append(uploadRow(files, { onDone: refresh, openPlace: onParsed }));
  }

  function reportItem(report) {
    const counts = [[report.pages || null, "trang"], [report.sections, "mục"], [report.footnotes, "chú thích"], [report.tables, "bảng"], [report.figures, "số liệu"]]
      .filter(([count]) => Number.isInteger(count)).map(([count, noun]) => `${count} ${noun}`).join(" · ");
    const facts = [report.issuer, report.number && `Số ${report.number}`, report.period, vietnameseDate(report.issued_on)].filter(Boolean).join(" · ");
    const name = report.title || report.name || "(không có tên)";
    const replacement = filePicker({}, (files) => add(files, report.id));
    const item = h("li", { class: "report" },
      h("h3", { text: name }),
      facts ? h("p", { class: "small", text: facts }) : null,
      h("p", { class: "muted small badges" }, counts, qualityBadge(report.quality), report.scanned ? h("span", { class: "badge", text: "Bản quét" }) : null),
      readingOf(report),
      h("div", { class: "card-tools" },
        button("Hỏi trong báo cáo này", () => { dialog.close(); onScope(report); }),
        button("Xem văn bản", () => { dialog.close(); onRead(report); }, { variant: "quiet" }),
        button("Xem máy đọc được gì", () => onParsed(report, null), { variant: "quiet", "aria-label": `Xem máy đọc được gì: ${name}` }),
        button("Thay bằng tệp mới", () => replacement.click(), { variant: "quiet", "aria-label": `Thay bằng tệp mới: ${name}` }),
        button("Gỡ", () => confirmRemoval(item, report), { variant: "quiet danger", "aria-label": `Gỡ báo cáo ${report.title}` }), replacement));
    return item;
  }

  /** The balance sheet, asked for when it is opened. */
  function readingOf(report) {
    if (!report.quality) return null;
    const box = h("details", { class: "sheet", on: { toggle: () => {
      if (box.open && box.children.length === 1) box.append(balanceCard(report.id, { version: report.version_id, badge: false, openPlace: (issue) => onParsed(report, issue) }));
    } } }, h("summary", { text: report.warnings ? `Đọc được tới đâu: ${report.warnings} điều cần xem` : "Đọc được tới đâu" }));
    return box;
  }

  function confirmRemoval(item, report) {
    if (item.querySelector(".confirm")) return;
    const remove = button("Gỡ báo cáo", async () => {
      remove.disabled = true;
      try {
        await removeReport(report.id);
        box.remove();
        onRemoved(report.id);
        announce(`Đã gỡ báo cáo ${report.title}`);
        await refresh();
        title.focus();
      } catch (error) {
        fill(box, errorCard(error));
      }
    }, { variant: "danger" });
    const back = button("Giữ lại", () => { box.remove(); item.querySelector(".danger").focus(); });
    const box = h("div", { class: "confirm band", role: "group", "aria-label": "Xác nhận gỡ báo cáo" },
      h("p", { text: "Gỡ báo cáo này? Các câu trả lời sau sẽ không dùng tới nó nữa." }),
      h("div", { class: "card-tools" }, remove, back));
    item.append(box);
    back.focus();
  }

  /** Files dropped anywhere open the drawer; without this the browser would leave the page for the file. */
  function acceptDrops() {
    const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    window.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      drop.classList.add("over");
      document.body.classList.add("dragging");
    });
    window.addEventListener("dragleave", (event) => { if (!event.relatedTarget) calm(); });
    window.addEventListener("drop", async (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      calm();
      add(await dropped(event.dataTransfer));
    });
  }

  function calm() {
    drop.classList.remove("over");
    document.body.classList.remove("dragging");
  }

  return { open, refresh, add };
}

/** A hidden file input; `onFiles(files)` gets what was chosen. */
function filePicker(attributes, onFiles) {
  const input = h("input", { type: "file", accept: KINDS.join(","), class: "offscreen", tabindex: "-1", "aria-hidden": "true", ...attributes,
    on: { change: () => { onFiles([...input.files]); input.value = ""; } } });
  return input;
}
