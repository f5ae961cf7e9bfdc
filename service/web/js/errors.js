// "Something broke": what happened, what to do, and the code to look it up by.

import { ApiError } from "./api.js";
import { button, copyButton, h } from "./dom.js";

/** Whether the same request may do better later: not when the request itself was refused. */
function mayPass(status) {
  return status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;
}

/** The card of one error. `retry`: what "Thử lại" does, or null when it makes no sense. */
export function errorCard(error, { retry = null } = {}) {
  const known = error instanceof ApiError ? error : new ApiError({ code: "loi-trang", title: "Trang gặp lỗi khi hiển thị. Hãy tải lại trang." });
  const codes = [known.code ? `Mã lỗi: ${known.code}` : "", known.requestId ? `Mã tra cứu: ${known.requestId}` : ""].filter(Boolean);
  return h("div", { class: "card error", role: "alert" },
    h("p", { class: "error-message", text: known.message }),
    codes.length ? h("p", { class: "muted small codes", text: codes.join(" · ") }) : null,
    h("div", { class: "card-tools" },
      retry && mayPass(known.status) ? button("Thử lại", retry, { variant: "primary" }) : null,
      copyButton("Sao chép mã lỗi", () => [known.message, ...codes].join("\n"))));
}
