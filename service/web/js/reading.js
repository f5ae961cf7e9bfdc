// How well a report was read: one line, the counts, and what to look at, each with its place.

import { getBalance } from "./api.js";
import { button, fill, h } from "./dom.js";
import { errorCard } from "./errors.js";

const ISSUES_SHOWN = 5;
export const QUALITY_NAMES = { full: "Đọc đủ", mostly: "Đọc được phần lớn", check: "Cần đối chiếu" };

/** The badge of a quality; null for a service that tells none. */
export function qualityBadge(quality) {
  return QUALITY_NAMES[quality] ? h("span", { class: `badge ${quality}`, text: QUALITY_NAMES[quality] }) : null;
}

/** A card that loads the balance sheet of a report when it is first shown. `openPlace(issue)` may be null. */
export function balanceCard(reportId, { version = "", openPlace = null, badge = true } = {}) {
  const box = h("div", { class: "reading" }, h("p", { class: "muted small", role: "status", text: "Đang xem lại…" }));

  async function load() {
    try {
      fill(box, ...readingParts(await getBalance(reportId, version), openPlace, badge));
    } catch (error) {
      fill(box, errorCard(error, { retry: load }));
    }
  }

  load();
  return box;
}

function readingParts(reading, openPlace, badge) {
  const toSee = reading.issues.filter((one) => one.severity === "warning");
  const others = reading.issues.filter((one) => one.severity !== "warning");
  const seen = toSee.length ? `${toSee.length} điều cần xem` : "không có điều gì cần xem";
  return [
    h("p", { class: "reading-line" }, badge ? qualityBadge(reading.quality) : null, ` ${reading.summary} · ${seen}.`),
    issueList(toSee, openPlace),
    h("details", { class: "sheet" }, h("summary", { text: "Trong tệp so với trong kho" }), sheet(reading)),
    others.length ? h("details", { class: "sheet" }, h("summary", { text: `${others.length} điều ghi nhận khác` }), issueList(others, openPlace)) : null,
  ];
}

function sheet({ balance, left_out: leftOut }) {
  const rows = [
    balance.pages ? ["Trang có chữ", `${balance.pages - balance.pages_empty}/${balance.pages}`] : null,
    balance.pages_recognised ? ["Trang nhận dạng từ ảnh", balance.pages_recognised] : null,
    ["Mục", balance.sections],
    ["Chú thích gắn được vào câu", `${balance.footnotes_bound}/${balance.footnotes_found}`],
    ["Bảng", balance.tables ? `${balance.tables} (${balance.rows} hàng)` : 0],
    ["Con số trong văn bản", balance.numbers],
    ["– nằm trong số liệu", `${balance.in_figures} (thành ${balance.figures} số liệu)`],
    ...leftOut.map((one) => [`– ${one.label}`, one.count]),
    balance.doubtful ? ["Số liệu đọc chưa chắc", balance.doubtful] : null,
    balance.images_skipped ? ["Hình ảnh không đọc chữ", balance.images_skipped] : null,
    balance.hidden ? ["Ký tự ẩn, đã bỏ", balance.hidden] : null,
    ["Đoạn lập chỉ mục", `${balance.indexed}/${balance.passages}`],
  ].filter(Boolean);
  return h("dl", { class: "balance" }, ...rows.map(([name, value]) => h("div", {}, h("dt", { text: name }), h("dd", { text: String(value) }))));
}

/** Issues with their places; those beyond the first few come with a button. */
export function issueList(issues, openPlace) {
  if (!issues.length) return null;
  const lines = issues.map((one) => h("li", {}, one.message, " ", placeOf(one, openPlace)));
  const list = h("ul", {}, ...lines.slice(0, ISSUES_SHOWN));
  const rest = lines.length - ISSUES_SHOWN;
  const more = rest > 0 ? button(`Xem thêm ${rest} điều`, () => { list.append(...lines.slice(ISSUES_SHOWN)); more.remove(); }, { variant: "quiet" }) : null;
  return h("div", { class: "issues small" }, list, more);
}

function placeOf(issue, openPlace) {
  const words = [issue.page ? `trang ${issue.page}` : "", ...(issue.section_path || []).slice(-1)].filter(Boolean).join(", ");
  if (!Number.isInteger(issue.start)) return null;
  if (!openPlace) return words ? h("span", { class: "muted", text: `(${words})` }) : null;
  return h("button", { type: "button", class: "place", text: words ? `Xem ở ${words}` : "Xem chỗ này", on: { click: () => openPlace(issue) } });
}
