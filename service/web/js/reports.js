// The reports drawer: what is stored, adding files, removing a report.

import { listReports, removeReport } from "./api.js";
import { announce, button, fill, h } from "./dom.js";
import { errorCard } from "./errors.js";
import { vietnameseDate } from "./text.js";
import { uploadRow } from "./upload.js";

const ACCEPTED = ".docx,.doc,.pdf,.txt,.md";

/**
 * `onChange(reports)` after every reading; `onScope(report)`; `onRead(report)`; `onRemoved(id)`;
 * `onUnauthorized(retry)`. Returns {open, refresh, add}.
 */
export function reportsDrawer(dialog, { onChange, onScope, onRead, onRemoved, onUnauthorized }) {
  const list = h("ul", { class: "report-list" });
  const state = h("div", { role: "status" });
  const uploads = h("ul", { class: "uploads", "aria-label": "Tệp đang nhận" });
  const picker = h("input", { type: "file", multiple: true, accept: ACCEPTED, class: "offscreen", tabindex: "-1", "aria-hidden": "true",
    on: { change: () => { add([...picker.files]); picker.value = ""; } } });
  const drop = h("div", { class: "drop" },
    h("p", { text: "Kéo thả tệp báo cáo vào đây, hoặc" }),
    button("Chọn tệp để thêm", () => picker.click(), { variant: "primary" }),
    h("p", { class: "muted small", text: "Nhận .docx, .doc, .pdf, .txt, .md. Không thêm văn bản có dấu mật." }), picker);
  const title = h("h2", { id: "reports-title", tabindex: "-1", text: "Báo cáo" });
  fill(dialog, h("header", { class: "panel-head" }, title, button("Đóng", () => dialog.close(), { variant: "quiet close", "aria-label": "Đóng danh sách báo cáo" })),
    h("div", { class: "drawer-content" }, drop, uploads, state, list));
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

  function add(files) {
    if (!dialog.open) open();
    for (const file of files) uploads.append(uploadRow(file, refresh));
  }

  function reportItem(report) {
    const counts = [[report.sections, "mục"], [report.footnotes, "chú thích"], [report.tables, "bảng"], [report.figures, "số liệu"]]
      .filter(([count]) => Number.isInteger(count)).map(([count, noun]) => `${count} ${noun}`).join(" · ");
    const facts = [report.issuer, report.number && `Số ${report.number}`, report.period, vietnameseDate(report.issued_on)].filter(Boolean).join(" · ");
    const item = h("li", { class: "report" },
      h("h3", { text: report.title || report.name || "(không có tên)" }),
      facts ? h("p", { class: "small", text: facts }) : null,
      counts ? h("p", { class: "muted small", text: counts }) : null,
      h("div", { class: "card-tools" },
        button("Hỏi trong báo cáo này", () => { dialog.close(); onScope(report); }),
        button("Xem văn bản", () => { dialog.close(); onRead(report); }, { variant: "quiet" }),
        button("Gỡ", () => confirmRemoval(item, report), { variant: "quiet danger", "aria-label": `Gỡ báo cáo ${report.title}` })));
    return item;
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
    window.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      calm();
      add([...event.dataTransfer.files]);
    });
  }

  function calm() {
    drop.classList.remove("over");
    document.body.classList.remove("dragging");
  }

  return { open, refresh, add };
}
