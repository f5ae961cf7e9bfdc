// The card of one answer: short answer, sentences with source chips, figures, computation, sources, warnings.

import { button, copyButton, h } from "./dom.js";
import { feedbackBar } from "./feedback.js";
import { citationPlace, plainAnswer, ROLE_NAMES, shorten, splitMarks, vietnameseNumber } from "./text.js";
import { attachTip } from "./tip.js";

const FIGURES_SHOWN = 4;
const SHORT_MOST = 60; // characters that still read as a headline

/**
 * Build the card for any of the three honest outcomes. `actions`: {openSource(citation), ask(question), edit(question)}.
 */
export function answerCard(answer, actions, scopeText = "") {
  if (answer.status === "not_found") return quietCard(answer, actions, scopeText, { kind: "not-found", title: "Không tìm thấy trong báo cáo" });
  if (answer.status === "clarify") return quietCard(answer, actions, scopeText, { kind: "clarify", title: "Cần hỏi rõ thêm" });
  const byIndex = new Map(answer.citations.map((one) => [one.index, one]));
  const chip = (index) => citationChip(byIndex.get(index), actions);
  return h("article", { class: "card answer", data: { status: "answered" } },
    understoodLine(answer, scopeText),
    shortAnswer(answer),
    answerBody(answer, chip),
    warningBand(answer.warnings),
    figureList(answer.figures || [], chip, byIndex, actions),
    computationLine(answer, byIndex, actions),
    sourceList(answer.citations, actions),
    h("div", { class: "card-tools" },
      copyButton("Sao chép kèm nguồn", () => plainAnswer(answer)),
      answer.short_answer ? copyButton(answer.figures.length ? "Chép số liệu" : "Chép câu ngắn", () => answer.short_answer.normalize("NFC")) : null,
      button("Sửa câu hỏi", () => actions.edit(answer.question), { variant: "quiet" })),
    feedbackBar(answer.id),
    suggestionChips(answer.suggestions, actions));
}

/** Buttons that ask one of `questions`; null when there is none. */
export function suggestionChips(questions, actions, label = "Hỏi tiếp") {
  if (!questions || !questions.length) return null;
  return h("div", { class: "suggestions", role: "group", "aria-label": label },
    h("span", { class: "muted small", text: `${label}:` }),
    ...questions.map((one) => button(one, () => actions.ask(one), { variant: "pill" })));
}

/** "Nothing was found" and "which one?" look calm: they are answers, not failures. */
function quietCard(answer, actions, scopeText, { kind, title }) {
  const label = kind === "clarify" ? "Chọn một câu hỏi rõ hơn" : "Có thể hỏi";
  return h("article", { class: `card answer ${kind}`, data: { status: answer.status } },
    understoodLine(answer, scopeText),
    h("h3", { class: "card-title", text: title }),
    answerBody(answer, () => null),
    warningBand(answer.warnings),
    suggestionChips(answer.suggestions, actions, label),
    h("div", { class: "card-tools" }, button("Sửa câu hỏi", () => actions.edit(answer.question), { variant: "quiet" })),
    feedbackBar(answer.id));
}

/** The short answer in large type; left out where the sentence below says the very same. */
function shortAnswer(answer) {
  const short = answer.short_answer;
  if (!short || bare(answer.answer) === bare(short)) return null;
  return h("p", { class: short.length > SHORT_MOST ? "short-answer long" : "short-answer", text: short });
}

function bare(text) {
  return text.replace(/\s*\[\d{1,3}\]/g, "").replace(/[.\s]+$/, "").trim();
}

function understoodLine(answer, scopeText) {
  const parts = [];
  if (answer.understood_as) parts.push(h("span", {}, "Hiểu là: ", h("em", { text: answer.understood_as })));
  if (scopeText) parts.push(h("span", { class: "scope-note", text: `Phạm vi: ${scopeText}` }));
  return parts.length ? h("p", { class: "understood muted small" }, ...parts) : null;
}

function warningBand(warnings) {
  if (!warnings || !warnings.length) return null;
  return h("div", { class: "band", role: "note" },
    h("strong", { text: "Lưu ý" }),
    h("ul", {}, ...warnings.map((one) => h("li", { text: one.message }))));
}

/** Paragraphs and "- " lists, each [n] mark turned into a chip; a mark never starts a line alone. */
function answerBody(answer, chip) {
  const box = h("div", { class: "answer-text" });
  let list = null;
  for (const line of String(answer.answer || "").split("\n")) {
    if (!line.trim()) continue;
    const bullet = /^\s*[-•+]\s+/.exec(line);
    const block = bullet ? h("li") : h("p");
    const said = bullet ? line.slice(bullet[0].length) : line;
    for (const piece of splitMarks(said, answer.citations.map((one) => one.index))) {
      const mark = piece.mark ? chip(piece.mark) : null;
      if (mark) block.append("\u2060", mark);
      else if (piece.text) block.append(piece.text);
    }
    if (bullet) {
      if (!list) box.append((list = h("ul")));
      list.append(block);
    } else {
      list = null;
      box.append(block);
    }
  }
  return box;
}

function citationChip(citation, actions) {
  if (!citation) return null;
  const node = button(String(citation.index), () => actions.openSource(citation), {
    variant: "cite", "aria-label": `Nguồn ${citation.index}: ${citation.report_title}, ${citationPlace(citation)}`,
  });
  attachTip(node, () => [
    h("span", { class: "tip-quote", text: `“${shorten(citation.quote, 220)}”` }),
    h("span", { class: "tip-from", text: citation.report_title }),
    h("span", { class: "tip-from", text: citationPlace(citation) }),
  ]);
  return node;
}

function figureCard(figure, chip, citation, actions) {
  const main = [vietnameseNumber(figure.value), figure.unit].filter(Boolean).join(figure.unit === "%" ? "" : " ");
  const rows = [["Loại", ROLE_NAMES[figure.role] || ""], ["Kỳ", figure.period], ["Địa bàn", figure.place]];
  const written = figure.text && figure.text !== main ? figure.text : "";
  return h("li", { class: figure.doubtful ? "figure unclear" : "figure" },
    h("p", { class: "figure-value" }, main, citation ? "\u2060" : null, citation ? chip(figure.citation) : null),
    figure.doubtful ? unclear(citation, actions) : null,
    h("dl", {}, ...[...rows, ["Nguyên văn", written]].filter(([, value]) => value).map(([name, value]) =>
      h("div", {}, h("dt", { text: name }), h("dd", { text: value })))));
}

/** Beside a figure read with little confidence: it says so and leads to the page. */
function unclear(citation, actions) {
  const look = citation && citation.page ? `Đối chiếu trang ${citation.page}` : "Đối chiếu với nguồn";
  return h("p", { class: "small" }, h("span", { class: "badge check", text: "Đọc không rõ" }), " ",
    citation ? h("button", { type: "button", class: "place", text: look, on: { click: () => actions.openSource(citation) } }) : null);
}

function figureList(figures, chip, byIndex, actions) {
  if (!figures.length) return null;
  const cards = figures.map((one) => figureCard(one, chip, byIndex.get(one.citation), actions));
  const list = h("ul", { class: "figures", "aria-label": "Số liệu" }, ...cards.slice(0, FIGURES_SHOWN));
  if (cards.length <= FIGURES_SHOWN) return list;
  const more = button(`Xem thêm ${cards.length - FIGURES_SHOWN} số liệu`, () => {
    list.append(...cards.slice(FIGURES_SHOWN));
    more.remove();
  }, { variant: "quiet" });
  return h("div", {}, list, more);
}

function computationLine(answer, byIndex, actions) {
  const sum = answer.computation;
  if (!sum) return null;
  const inputs = (sum.inputs || []).map((at) => (answer.figures || [])[at]).filter(Boolean);
  return h("p", { class: "computation" },
    h("strong", { text: "Kết quả tính toán: " }), h("span", { class: "expression", text: sum.expression }),
    sum.note ? h("span", { class: "muted", text: ` (${sum.note})` }) : null,
    ...inputs.flatMap((one) => [" ", citationChip(byIndex.get(one.citation), actions)]));
}

function sourceList(citations, actions) {
  if (!citations.length) return null;
  return h("section", { class: "sources" },
    h("h3", { text: "Nguồn" }),
    h("ol", {}, ...citations.map((one) => h("li", {},
      h("button", { type: "button", class: "source-link", on: { click: () => actions.openSource(one) }, data: { citation: one.index } },
        h("span", { class: "source-no", text: String(one.index) }),
        h("span", { class: "source-body" },
          h("span", { class: "source-title", text: one.report_title }),
          h("span", { class: "muted small", text: [one.issuer, one.period, citationPlace(one)].filter(Boolean).join(" · ") }),
          h("span", { class: "source-quote small", text: `“${shorten(one.quote, 180)}”` })))))));
}
