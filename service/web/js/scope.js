// The scope bar: all reports or one, all years or one. What is chosen stays for the whole conversation.

import { fill, h } from "./dom.js";
import { shorten } from "./text.js";

const OPTION_MOST = 90;

/** `form`: the element for the two selects. Returns {value(), update(reports), choose(reportId)}. */
export function scopeBar(form) {
  const report = h("select", { id: "scope-report" });
  const year = h("select", { id: "scope-year" });
  let reports = [];
  fill(form,
    h("label", { for: "scope-report", text: "Phạm vi" }), report,
    h("label", { for: "scope-year", text: "Năm" }), year);
  for (const select of [report, year]) select.addEventListener("change", mark);
  update([]);

  function mark() {
    form.classList.toggle("limited", Boolean(report.value || year.value));
  }

  function update(found) {
    reports = found;
    const chosen = report.value;
    const chosenYear = year.value;
    fill(report, h("option", { value: "", text: found.length ? `Tất cả ${found.length} báo cáo` : "Tất cả báo cáo" }),
      ...found.map((one) => h("option", { value: one.id, text: shorten([one.title || one.name, one.number].filter(Boolean).join(" – "), OPTION_MOST) })));
    const years = [...new Set(found.map(yearOf).filter(Boolean))].sort((a, b) => b - a);
    fill(year, h("option", { value: "", text: "Mọi năm" }), ...years.map((one) => h("option", { value: String(one), text: String(one) })));
    report.value = found.some((one) => one.id === chosen) ? chosen : "";
    year.value = years.map(String).includes(chosenYear) ? chosenYear : "";
    mark();
  }

  function value() {
    const filters = {};
    const said = [];
    const one = reports.find((each) => each.id === report.value);
    if (one) {
      filters.report_ids = [one.id];
      said.push(one.title || one.name);
    }
    if (year.value) {
      filters.year = Number(year.value);
      said.push(`năm ${year.value}`);
    }
    return { filters: said.length ? filters : null, text: said.join(", ") };
  }

  function choose(reportId) {
    report.value = reportId;
    mark();
  }

  return { value, update, choose };
}

/** The year of a report: its period's, else that of its date; null when neither is known. */
export function yearOf(report) {
  const found = /\b(19|20)\d{2}\b/.exec(`${report.period || ""} ${report.issued_on || ""}`);
  return found ? Number(found[0]) : null;
}
