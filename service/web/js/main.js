// The full page: the shared chat plus the reports drawer, the theme switch and the help.

import { startPage } from "./page.js";
import { parsedView } from "./parsed.js";
import { reportsDrawer } from "./reports.js";
import { themeSwitch } from "./theme.js";

const byId = (id) => document.getElementById(id);
const help = byId("help");
const page = startPage({ help: () => help.showModal() });
const parsed = parsedView(byId("parsed"));

const drawer = reportsDrawer(byId("reports"), {
  onChange: (reports) => {
    page.scope.update(reports);
    byId("empty").hidden = reports.length > 0;
    byId("open-reports").textContent = reports.length ? `Báo cáo (${reports.length})` : "Báo cáo";
    page.suggest();
  },
  onScope: (report) => { page.scope.choose(report.id); page.box.focus(); },
  onRead: (report) => page.source.openReport(report),
  onParsed: parsed.open,
  onUnauthorized: page.access.ask,
  onRemoved: (id) => page.source.forget(id),
});

themeSwitch(byId("theme"));
for (const id of ["open-reports", "first-report"]) byId(id).addEventListener("click", drawer.open);
byId("open-help").addEventListener("click", () => help.showModal());
byId("close-help").addEventListener("click", () => help.close());
drawer.refresh();
page.box.focus();
