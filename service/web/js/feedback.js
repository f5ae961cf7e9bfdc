// Thumbs up or down, with reasons; one click is enough, the rest is optional.

import { sendFeedback } from "./api.js";
import { announce, button, fill, h } from "./dom.js";

const REASONS = {
  wrong_figure: "Sai số liệu",
  wrong_period: "Sai kỳ",
  wrong_place: "Sai địa bàn",
  incomplete: "Thiếu",
  unclear: "Khó hiểu",
};
const COMMENT_MAX = 1000;

/** The feedback row of one answer. */
export function feedbackBar(answerId) {
  const row = h("div", { class: "feedback", role: "group", "aria-label": "Đánh giá câu trả lời" });
  const extra = h("div", { class: "feedback-extra" });
  const up = button("Đúng, hữu ích", () => rate("up"), { variant: "quiet", "aria-pressed": "false" });
  const down = button("Chưa đúng", () => rate("down"), { variant: "quiet", "aria-pressed": "false" });
  const said = h("span", { class: "muted small" });

  async function post(body, thanks) {
    try {
      await sendFeedback(answerId, body);
      said.textContent = thanks;
    } catch (error) {
      said.textContent = `Chưa gửi được đánh giá. ${error.message}`;
    }
    announce(said.textContent);
  }

  async function rate(rating) {
    up.setAttribute("aria-pressed", String(rating === "up"));
    down.setAttribute("aria-pressed", String(rating === "down"));
    fill(extra, rating === "down" ? reasonForm() : null);
    await post({ rating, reasons: [], comment: "" }, "Cảm ơn, đã ghi nhận.");
  }

  function reasonForm() {
    const boxes = Object.entries(REASONS).map(([code, label]) => h("label", { class: "check" },
      h("input", { type: "checkbox", value: code }), label));
    const comment = h("textarea", { rows: "2", maxlength: String(COMMENT_MAX), "aria-label": "Ý kiến thêm", placeholder: "Ý kiến thêm (không bắt buộc)" });
    return h("form", { class: "reasons", on: { submit: async (event) => {
      event.preventDefault();
      const reasons = boxes.map((one) => one.firstChild).filter((one) => one.checked).map((one) => one.value);
      fill(extra, null);
      down.focus();
      await post({ rating: "down", reasons, comment: comment.value.trim() }, "Cảm ơn, đã ghi nhận lý do.");
    } } },
    h("fieldset", {}, h("legend", { text: "Chưa đúng ở điểm nào?" }), ...boxes),
    comment, h("button", { type: "submit", class: "btn" }, "Gửi lý do"));
  }

  row.append(up, down, said);
  return h("div", { class: "feedback-box" }, row, extra);
}
