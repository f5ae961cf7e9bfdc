// One file on its way in: progress, the job behind it, its balance sheet and what was odd.

import { getJob, upload } from "./api.js";
import { announce, fill, h } from "./dom.js";
import { errorCard } from "./errors.js";

const POLL_MS = 700;
const ISSUES_SHOWN = 5;
const OUTCOMES = {
  complete: "Đã đọc xong",
  partial: "Đã đọc xong, có điểm cần xem lại",
  unchanged: "Tệp này đã có sẵn, không thay đổi gì",
  failed: "Không nhận được tệp này",
};

/** A list item that uploads `file` at once and follows its job; calls `onDone()` when the report is in. */
export function uploadRow(file, onDone) {
  const bar = h("progress", { max: "1", value: "0", "aria-label": `Tải lên ${file.name}` });
  const said = h("p", { class: "small", text: "Đang tải lên…" });
  const outcome = h("div");
  const row = h("li", { class: "upload" }, h("p", { class: "upload-name", text: file.name }), bar, said, outcome);

  async function start() {
    fill(outcome);
    bar.hidden = false;
    try {
      let job = await upload(file, (part) => { bar.value = part; });
      bar.removeAttribute("value");
      said.textContent = "Đang đọc báo cáo…";
      while (!finished(job)) {
        await new Promise((wake) => window.setTimeout(wake, POLL_MS));
        job = await getJob(job.id);
      }
      finish(job);
    } catch (error) {
      bar.hidden = true;
      said.textContent = OUTCOMES.failed;
      fill(outcome, errorCard(error, { retry: start }));
    }
  }

  function finish(job) {
    const result = job.result || {};
    bar.hidden = true;
    said.textContent = OUTCOMES[result.status] || OUTCOMES.failed;
    row.dataset.status = result.status || "failed";
    fill(outcome,
      result.error_message || job.error_message ? h("p", { class: "band", text: result.error_message || job.error_message }) : null,
      balanceSheet(result.balance), issueList(result.issues || []));
    announce(`${file.name}: ${said.textContent}`);
    onDone();
  }

  start();
  return row;
}

function finished(job) {
  return job.status === "done" || job.status === "failed";
}

/** What the file holds against what was indexed. */
function balanceSheet(balance) {
  if (!balance) return null;
  const rows = [
    ["Mục", balance.sections],
    ["Chú thích gắn được", `${balance.footnotes_bound}/${balance.footnotes_found}`],
    ["Bảng", balance.tables],
    ["Số liệu", balance.figures],
    ["Đoạn đã lập chỉ mục", `${balance.indexed}/${balance.passages}`],
  ];
  return h("dl", { class: "balance" }, ...rows.map(([name, value]) => h("div", {}, h("dt", { text: name }), h("dd", { text: String(value) }))));
}

function issueList(issues) {
  if (!issues.length) return null;
  const lines = issues.slice(0, ISSUES_SHOWN).map((one) => h("li", { text: one.message }));
  if (issues.length > ISSUES_SHOWN) lines.push(h("li", { class: "muted", text: `và ${issues.length - ISSUES_SHOWN} điểm khác` }));
  return h("div", { class: "band" }, h("strong", { text: "Điểm cần xem lại" }), h("ul", {}, ...lines));
}
