// Pure functions over text: offsets, citation marks, Vietnamese number and date writing, plain-text copies.

export const NOTICE = "Câu trả lời do hệ thống tự động tổng hợp từ báo cáo, cần kiểm tra với nguồn.";

export const ROLE_NAMES = {
  level: "Số thực hiện",
  plan_ratio: "So với kế hoạch",
  yoy_ratio: "So với cùng kỳ",
  change: "Mức tăng, giảm",
  share: "Tỷ trọng",
  progress: "Tiến độ",
  target: "Chỉ tiêu, kế hoạch",
};

/**
 * A text addressed by code points, as the service counts its offsets. JavaScript strings count UTF-16 units, so one
 * character outside the basic plane would shift every later offset by one.
 */
export class CodePoints {
  constructor(text) {
    this.points = Array.from(text);
  }

  get length() {
    return this.points.length;
  }

  /** Characters [start, end), both 0-based code points; clamped to the text. */
  slice(start, end) {
    return this.points.slice(Math.max(0, start), Math.max(0, end)).join("");
  }

  /** The start of the line that holds `offset`. */
  lineStart(offset) {
    let at = Math.min(Math.max(0, offset), this.length);
    while (at > 0 && this.points[at - 1] !== "\n") at -= 1;
    return at;
  }

  /** The end of the line that holds `offset`, the line break left out. */
  lineEnd(offset) {
    let at = Math.min(Math.max(0, offset), this.length);
    while (at < this.length && this.points[at] !== "\n") at += 1;
    return at;
  }
}

/** Cut an answer into pieces: {text} and {mark: n}; only a mark that has a citation counts as one. */
export function splitMarks(answer, indexes) {
  const known = new Set(indexes);
  const pieces = [];
  let last = 0;
  for (const match of answer.matchAll(/\s*\[(\d{1,3})\]/g)) {
    const index = Number(match[1]);
    if (!known.has(index)) continue;
    if (match.index > last) pieces.push({ text: answer.slice(last, match.index) });
    pieces.push({ mark: index });
    last = match.index + match[0].length;
  }
  if (last < answer.length) pieces.push({ text: answer.slice(last) });
  return pieces;
}

/** "1234.5" → "1.234,5"; anything that is no plain decimal comes back as it is. */
export function vietnameseNumber(value) {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!match) return String(value);
  const whole = match[2].replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  return `${match[1] ? "−" : ""}${whole}${match[3] ? `,${match[3]}` : ""}`;
}

/** "2026-04-03" or a timestamp → "03/04/2026"; anything else comes back as it is, empty as "". */
export function vietnameseDate(value) {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(String(value || ""));
  return match ? `${match[3]}/${match[2]}/${match[1]}` : String(value || "");
}

/** The place of a citation in words: report, section path, footnote, page. */
export function citationPlace(citation) {
  const parts = [...(citation.section_path || [])];
  if (citation.footnote) parts.push(`Chú thích ${citation.footnote}`);
  if (citation.page) parts.push(`Trang ${citation.page}`);
  return parts.join(" › ");
}

/** Cut a long text to `most` characters at a blank, with an ellipsis. */
export function shorten(text, most) {
  const points = Array.from(String(text || "").trim());
  if (points.length <= most) return points.join("");
  const cut = points.slice(0, most - 1).join("");
  const blank = cut.lastIndexOf(" ");
  return `${blank > most / 2 ? cut.slice(0, blank) : cut}…`;
}

/** The answer as plain text with its sources, for pasting into a document. Always NFC. */
export function plainAnswer(answer) {
  const lines = [`Câu hỏi: ${answer.question}`];
  if (answer.short_answer) lines.push(`Trả lời: ${answer.short_answer}`);
  if (answer.answer) lines.push(answer.answer);
  if (answer.computation) lines.push(`Kết quả tính toán: ${answer.computation.expression}`);
  if (answer.citations.length) {
    lines.push("", "Nguồn:");
    for (const one of answer.citations) {
      const where = [one.report_title, one.issuer, one.period, citationPlace(one)].filter(Boolean).join("; ");
      lines.push(`[${one.index}] ${where}: “${one.quote}”`);
    }
  }
  lines.push("", NOTICE);
  return lines.join("\n").normalize("NFC");
}
