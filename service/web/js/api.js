// The only file that talks to the service. Paths are relative to this file, so a proxy may add a prefix.

const BASE = new URL("../../v1/", import.meta.url);
const TOKEN_KEY = "hoibaocao-token";
let tokenSource = null;

/** Something broke (never "the reports do not say"). `code` and `requestId` are for the support desk. */
export class ApiError extends Error {
  constructor({ status = 0, code = "", title = "", detail = "", requestId = "" } = {}) {
    super(detail || title || "Đã có lỗi xảy ra.");
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/** Let an embedding portal supply short-lived tokens: `source()` gives a promise of a token or null. */
export function setTokenSource(source) {
  tokenSource = source;
}

/** Keep an access code typed by the reader for this tab only; an empty one forgets it. */
export function rememberToken(token) {
  try {
    if (token) window.sessionStorage.setItem(TOKEN_KEY, token);
    else window.sessionStorage.removeItem(TOKEN_KEY);
  } catch {
    // No storage: the code lives as long as the page does.
  }
  tokenSource = async () => token || null;
}

async function authHeader() {
  let token = null;
  if (tokenSource) token = await tokenSource();
  else {
    try {
      token = window.sessionStorage.getItem(TOKEN_KEY);
    } catch {
      token = null;
    }
  }
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function reportPath(id, rest = "") {
  return `reports/${encodeURIComponent(id)}${rest}`;
}

/** Turn a problem+json body (or anything else) into an ApiError; never throws. */
function problem(status, bodyText, header) {
  let body = {};
  try {
    body = JSON.parse(bodyText) || {};
  } catch {
    // A proxy's own error page: its text says nothing to the reader.
  }
  const titles = { 401: "Cần mã truy cập để dùng dịch vụ.", 403: "Tài khoản này không được làm việc đó.",
    413: "Tệp quá lớn.", 429: "Đang có nhiều yêu cầu. Vui lòng thử lại sau ít phút." };
  return new ApiError({
    status,
    code: String(body.code || `http-${status}`),
    title: String(body.title || titles[status] || "Dịch vụ trả lời không đúng mong đợi."),
    detail: String(body.detail || ""),
    requestId: String(body.request_id || header || ""),
  });
}

async function send(path, { method = "GET", json, signal, accept = "application/json" } = {}) {
  const headers = { Accept: accept, ...(await authHeader()) };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(new URL(path, BASE), {
      method, headers, signal, body: json === undefined ? undefined : JSON.stringify(json),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError({ code: "mat-ket-noi", title: "Không kết nối được tới dịch vụ. Hãy kiểm tra mạng rồi thử lại." });
  }
  if (!response.ok) throw problem(response.status, await response.text(), response.headers.get("X-Request-ID"));
  return response;
}

async function getJson(path, options) {
  const response = await send(path, options);
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError({ status: response.status, code: "sai-dang", title: "Dịch vụ trả lời không đọc được." });
  }
}

/** Read server-sent events from a response: yields {event, data} with `data` parsed from JSON. */
async function* serverEvents(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    held += (value || "").replace(/\r/g, "");
    const blocks = held.split("\n\n");
    held = done ? "" : blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n");
      const field = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim());
      const data = field("data").join("\n");
      if (!data) continue;
      yield { event: field("event")[0] || "message", data: JSON.parse(data) };
    }
    if (done) return;
  }
}

/**
 * Ask a question. `onEvent(name, data)` gets "status", "sources" and "delta" while waiting.
 * Resolves to the whole answer (DESIGN section 3); rejects with ApiError, or AbortError after `signal`.
 */
export async function ask(request, { signal, onEvent }) {
  const response = await send("answers", {
    method: "POST", signal, json: { mode: "auto", ...request, stream: true }, accept: "text/event-stream, application/json",
  });
  if (!(response.headers.get("Content-Type") || "").startsWith("text/event-stream")) return response.json();
  try {
    for await (const { event, data } of serverEvents(response)) {
      if (event === "done") return data;
      if (event === "error") throw problem(data.status || 500, JSON.stringify(data), "");
      onEvent(event, data);
    }
  } catch (error) {
    if (error.name === "AbortError" || error instanceof ApiError) throw error;
  }
  throw new ApiError({ code: "mat-ket-noi", title: "Mất kết nối khi đang trả lời. Câu hỏi vẫn được giữ, hãy hỏi lại." });
}

const PAGES_MOST = 50; // a bound against a service that hands out the same cursor for ever

/** Every report, page after page. */
export async function listReports() {
  const found = [];
  let after = "";
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const { reports, next } = await getJson(`reports${after}`);
    found.push(...reports);
    if (!next) break;
    after = `?after=${encodeURIComponent(next)}`;
  }
  return found;
}

export const getReport = (id) => getJson(reportPath(id));
const versioned = (version) => (version ? `?version=${encodeURIComponent(version)}` : "");
export const getText = (id, version) => getJson(reportPath(id, "/text") + versioned(version));
export const getTree = (id, version) => getJson(reportPath(id, "/tree") + versioned(version));
export const getBalance = (id, version) => getJson(reportPath(id, "/balance") + versioned(version));
export const getParsed = (id, version) => getJson(reportPath(id, "/parsed") + versioned(version));
export const getBoxes = async (id, { start, end, version }) =>
  (await getJson(reportPath(id, `/boxes?start=${start}&end=${end}`) + versioned(version).replace("?", "&"))).boxes;
export const removeReport = (id) => getJson(reportPath(id), { method: "DELETE" });
export const getJob = (id) => getJson(`jobs/${encodeURIComponent(id)}`);
export const suggestions = async () => (await getJson("suggestions")).suggestions || [];
export const sendFeedback = (id, body) =>
  getJson(`answers/${encodeURIComponent(id)}/feedback`, { method: "POST", json: body });

/** Every figure of a report, in the order of the text. */
export async function listFigures(id, version) {
  const found = [];
  for (let after = 0, page = 0; after !== null && page < PAGES_MOST; page += 1) {
    const part = await getJson(reportPath(id, `/figures?limit=1000&after=${after}`) + versioned(version).replace("?", "&"));
    found.push(...part.figures);
    after = part.next;
  }
  return found;
}

/** A page of the original as a data: address; an <img> could not send the access code itself. */
export async function pageImage(id, number, version, signal) {
  const response = await send(reportPath(id, `/pages/${number}/image`) + versioned(version), { accept: "image/png", signal });
  const blob = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(new ApiError({ code: "sai-dang", title: "Không đọc được ảnh của trang." }));
    reader.readAsDataURL(blob);
  });
}

/** Fetch the stored original and hand it to the reader as a download. */
export async function downloadOriginal(id, version) {
  const response = await send(reportPath(id, "/original") + versioned(version), { accept: "*/*" });
  const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get("Content-Disposition") || "");
  const plain = /filename="?([^";]+)"?/i.exec(response.headers.get("Content-Disposition") || "");
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = named ? decodeURIComponent(named[1]) : plain ? plain[1] : "bao-cao";
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 30_000);
}

/** Upload one file (several: the page images of one report), in the place of report `replace` if given; `onProgress(0..1)`. Resolves to the job. XHR, because fetch tells nothing of upload progress. */
export async function upload(files, onProgress, replace = "") {
  const headers = await authHeader();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", new URL("reports", BASE));
    for (const [name, value] of Object.entries({ Accept: "application/json", ...headers })) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new ApiError({ code: "mat-ket-noi", title: "Mất kết nối khi đang tải tệp lên." }));
    request.onload = () => {
      const failed = () => reject(problem(request.status, request.responseText, request.getResponseHeader("X-Request-ID")));
      if (request.status < 200 || request.status >= 300) return failed();
      try {
        return resolve(JSON.parse(request.responseText));
      } catch {
        return failed();
      }
    };
    const form = new FormData();
    for (const file of files) form.append("file", file, file.name.normalize("NFC"));
    if (replace) form.append("replace", replace);
    request.send(form);
  });
}
