// What the machine read, beside the original: the tree with figures, notes and issues; pages or text on the other side.

import { downloadOriginal, getBalance, getParsed, getText, listFigures } from "./api.js";
import { announce, button, fill, h } from "./dom.js";
import { errorCard } from "./errors.js";
import { original } from "./original.js";
import { parsedTree } from "./parsed-tree.js";
import { issueList, qualityBadge } from "./reading.js";
import { CodePoints } from "./text.js";

/** The view lives in one <dialog>. Returns {open(report, place)}: `place` {start, end} is gone to, null for the beginning. */
export function parsedView(dialog) {
  let turn = 0;

  dialog.addEventListener("close", () => { turn += 1; fill(dialog); });

  function head(report, extra) {
    const title = h("h2", { id: "parsed-title", tabindex: "-1", text: `Máy đọc được gì: ${report.title || report.name}` });
    const said = h("span", { class: "muted small", role: "status" });
    const download = button("Tải bản gốc", async () => {
      said.textContent = "Đang tải…";
      try {
        await downloadOriginal(report.id, report.version_id);
        said.textContent = "";
      } catch (error) {
        said.textContent = error.message;
      }
    }, { variant: "quiet" });
    return { title, node: h("header", { class: "panel-head" },
      h("div", { class: "panel-title" }, title, h("p", { class: "small" }, extra, download, said)),
      button("Đóng", () => dialog.close(), { variant: "quiet close", "aria-label": "Đóng phần máy đọc được" })) };
  }

  async function open(report, place = null) {
    const mine = (turn += 1);
    const { title, node } = head(report, qualityBadge(report.quality));
    const body = h("div", { class: "parsed-body" }, h("p", { class: "muted", role: "status", text: "Đang mở…" }));
    fill(dialog, node, body);
    if (!dialog.open) dialog.showModal();
    title.focus();
    const version = report.version_id;
    try {
      const [text, parsed, reading, figures] = await Promise.all(
        [getText(report.id, version), getParsed(report.id, version), getBalance(report.id, version), listFigures(report.id, version)]);
      if (mine !== turn) return;
      show(body, report, { text: new CodePoints(text.text), parsed, reading, figures }, place);
    } catch (error) {
      if (mine === turn) fill(body, errorCard(error, { retry: () => open(report, place) }));
    }
  }

  return { open };
}

function show(body, report, { text, parsed, reading, figures }, place) {
  const paper = original(report, text, parsed, { turned: (number) => tree.goToPage(number) });
  const tree = parsedTree({ text, parsed, figures, issues: reading.issues },
    { chosen: (figure) => { turnSide("paper"); paper.mark(figure); }, shown: (piece) => paper.mark(piece), passed: (page) => paper.turnTo(page) });
  const toSee = reading.issues.filter((one) => one.severity === "warning");
  const list = toSee.length ? h("section", { class: "band", "aria-label": "Điều cần xem" },
    h("strong", { text: `${toSee.length} điều cần xem` }), issueList(toSee, (one) => tree.goTo(one))) : null;
  const hint = h("p", { class: "muted small", text: "Số liệu được tô nền: rê chuột hoặc dùng phím Tab để xem máy hiểu số đó là gì; bấm để xem chỗ đó trong bản gốc." });
  const left = h("section", { class: "parsed-side", "aria-label": "Máy đọc được", tabindex: "0" }, h("p", { class: "reading-line", text: reading.summary }), hint, list, tree.node);
  const right = h("section", { class: "parsed-side paper-side", "aria-label": "Bản gốc", tabindex: "0" }, paper.node);
  const { node: sides, turnSide } = sideSwitch(body);
  fill(body, sides, h("div", { class: "parsed-sides" }, left, right));
  turnSide("read");
  tree.watch(left);
  if (place && Number.isInteger(place.start)) tree.goTo(place);
  else paper.turnTo(parsed.pages.length ? parsed.pages[0].number : 1);
  announce("Đã mở phần máy đọc được.");
}

/** On a narrow screen one side is shown at a time. */
function sideSwitch(body) {
  const sides = [["read", "Máy đọc được"], ["paper", "Bản gốc"]];
  const buttons = sides.map(([side, label]) => button(label, () => turnSide(side), { variant: "quiet" }));

  function turnSide(side) {
    body.dataset.side = side;
    buttons.forEach((one, at) => one.setAttribute("aria-pressed", String(sides[at][0] === side)));
  }

  return { node: h("div", { class: "side-switch", role: "group", "aria-label": "Chọn phần xem" }, ...buttons), turnSide };
}
