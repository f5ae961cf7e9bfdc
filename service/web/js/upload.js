// One file on its way in: progress, the job behind it, its balance sheet and what was odd.

import { getJob, upload } from "./api.js";
import { announce, fill, h } from "./dom.js";
import { errorCard } from "./errors.js";
import { balanceCard } from "./reading.js";

const POLL_MS = 700;
const AT_ONCE = 2; // a whole folder must not fill the line
const REPLACED = "new-version";
const OUTCOMES = {
  complete: "Đã đọc xong",
  partial: "Đã đọc xong, có điểm cần xem lại",
  unchanged: "Tệp này đã có sẵn, không thay đổi gì",
  failed: "Không nhận được tệp này",
};
const STAGES = { read: "Đang đọc báo cáo…", embed: "Đang lập chỉ mục…", publish: "Đang đưa vào sử dụng…" };
const waiting = [];
let running = 0;

/** A list item that uploads one report when its turn comes and follows its job. `files`: one, or its page images; `options`: {replace, onDone(), openPlace(report, issue)}. */
export function uploadRow(files, { replace = "", onDone, openPlace }) {
  const name = files.length > 1 ? `${files[0].name} và ${files.length - 1} ảnh khác` : files[0].name;
  const bar = h("progress", { max: "1", value: "0", "aria-label": `Tải lên ${name}` });
  const said = h("p", { class: "small", text: "Đang chờ tới lượt…" });
  const outcome = h("div");
  const row = h("li", { class: "upload" }, h("p", { class: "upload-name", text: name }), bar, said, outcome);

  async function start() {
    fill(outcome);
    bar.hidden = false;
    said.textContent = "Đang tải lên…";
    try {
      let job = await upload(files, (part) => { bar.value = part; }, replace);
      bar.removeAttribute("value");
      while (!finished(job)) {
        said.textContent = STAGES[job.stage] || "Đang chờ đọc…";
        if (job.total > 1) bar.value = job.done / job.total;
        else bar.removeAttribute("value");
        await new Promise((wake) => window.setTimeout(wake, POLL_MS));
        job = await getJob(job.id);
      }
      finish(job);
    } catch (error) {
      bar.hidden = true;
      said.textContent = OUTCOMES.failed;
      row.dataset.status = "failed";
      fill(outcome, errorCard(error, { retry: () => inTurn(start) }));
      announce(`${name}: ${OUTCOMES.failed}. ${error.message}`);
    }
  }

  function finish(job) {
    const result = job.result || {};
    const refusal = result.error_message || job.error_message;
    const took = (result.issues || []).some((one) => one.code === REPLACED);
    bar.hidden = true;
    said.textContent = (OUTCOMES[result.status] || OUTCOMES.failed) + (took ? "; thay cho bản trước của cùng báo cáo" : "");
    row.dataset.status = result.status || "failed";
    fill(outcome, refusal ? h("p", { class: "band", text: refusal }) : null,
      result.report_id ? balanceCard(result.report_id, {
        version: result.version_id,
        openPlace: (issue) => openPlace({ id: result.report_id, version_id: result.version_id, title: name }, issue),
      }) : null);
    announce(`${name}: ${said.textContent}`);
    onDone();
  }

  inTurn(start);
  return row;
}

function finished(job) {
  return job.status === "done" || job.status === "failed";
}

/** Run `start` now or when one of those before it has ended. */
function inTurn(start) {
  waiting.push(start);
  next();
}

async function next() {
  if (running >= AT_ONCE || !waiting.length) return;
  running += 1;
  await waiting.shift()();
  running -= 1;
  next();
}
