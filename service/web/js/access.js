// Asking for an access code when the service wants one; kept for this tab only.

import { rememberToken } from "./api.js";
import { button, fill, h } from "./dom.js";

/** Returns {ask(then)}: shows the dialog once and calls every waiting `then()` after a code was given. */
export function accessDialog(dialog) {
  let waiting = [];
  const input = h("input", { type: "password", id: "access-code", autocomplete: "current-password", required: true });
  const form = h("form", { method: "dialog", on: { submit: () => {
    rememberToken(input.value.trim());
    input.value = "";
    const ready = waiting;
    waiting = [];
    for (const then of ready) then();
  } } },
  h("h2", { id: "access-title", text: "Cần mã truy cập" }),
  h("p", { text: "Dịch vụ này chỉ dành cho người được cấp mã. Mã chỉ được giữ trong thẻ trình duyệt này." }),
  h("label", { for: "access-code", text: "Mã truy cập" }), input,
  h("div", { class: "card-tools" },
    h("button", { type: "submit", class: "btn primary" }, "Tiếp tục"),
    button("Để sau", () => { waiting = []; dialog.close(); })));
  fill(dialog, form);

  return {
    ask(then) {
      waiting.push(then);
      if (!dialog.open) dialog.showModal();
    },
  };
}
