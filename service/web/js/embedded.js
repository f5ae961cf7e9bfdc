// The page inside a portal's iframe: the shared chat, the height told to the portal, tokens asked from it.
// Messages go to and are taken from one origin only, the one embed.js named in the address; which origins may
// frame this page at all is the service's `frame-ancestors`.

import { listReports, setTokenSource } from "./api.js";
import { startPage } from "./page.js";

const TOKEN_WAIT_MS = 5000;
const options = new URLSearchParams(window.location.search);
const portal = portalOrigin(options.get("portal"));
const waiting = new Map();
let asked = 0;

/** The origin written in the address, "" unless it is a plain http(s) origin and we are really framed. */
function portalOrigin(written) {
  if (window.parent === window || !written) return "";
  try {
    const address = new URL(written);
    return /^https?:$/.test(address.protocol) && address.origin === written ? written : "";
  } catch {
    return "";
  }
}

function tell(message) {
  if (portal) window.parent.postMessage(message, portal);
}

function askToken() {
  return new Promise((resolve) => {
    const id = (asked += 1);
    waiting.set(id, resolve);
    window.setTimeout(() => { waiting.delete(id); resolve(null); }, TOKEN_WAIT_MS);
    tell({ type: "hoibaocao:token-request", id });
  });
}

window.addEventListener("message", (event) => {
  if (!portal || event.origin !== portal || event.source !== window.parent) return;
  const { type, id, token } = event.data || {};
  if (type !== "hoibaocao:token" || !waiting.has(id)) return;
  waiting.get(id)(typeof token === "string" && token ? token : null);
  waiting.delete(id);
});

if (portal && options.has("token")) setTokenSource(askToken);

const page = startPage();
const column = document.querySelector(".chat");
const parts = [document.querySelector(".top"), ...column.children];
// The column itself stretches to the frame: its parts tell what the content needs.
const height = () => Math.ceil(parts.reduce((sum, part) => sum + part.getBoundingClientRect().height, 0));
const watcher = new ResizeObserver(() => tell({ type: "hoibaocao:height", height: height() }));
for (const part of parts) watcher.observe(part);

if (portal && options.has("launcher")) {
  const closer = document.getElementById("close-widget");
  closer.hidden = false;
  closer.addEventListener("click", () => tell({ type: "hoibaocao:close" }));
}

async function begin() {
  try {
    page.scope.update(await listReports());
    page.suggest();
  } catch (error) {
    // Without the list the scope stays "all reports"; asking will say what else is wrong.
    if (error.status === 401) page.access.ask(begin);
  }
}

begin();
