// Puts the chat on a portal's page, as a launcher button or inline. No key is kept here.
//
//   <script src="https://SERVICE/embed.js" data-mode="launcher" data-label="Hỏi báo cáo" defer></script>
//   <script src="https://SERVICE/embed.js" data-mode="inline" data-target="#cho-chat" defer></script>
//
// or, with a portal that mints short-lived tokens: data-mode="manual" and then
//   HoiBaoCao.mount({ mode: "inline", target: "#cho-chat", getToken: async () => token });
(function () {
  "use strict";

  const script = document.currentScript;
  const service = new URL("embed", script.src);
  const MIN_HEIGHT_PX = 360;
  const MAX_HEIGHT_PX = 760;

  function style(node, rules) {
    for (const [name, value] of Object.entries(rules)) node.style.setProperty(name, value);
    return node;
  }

  function makeFrame(options) {
    const address = new URL(service);
    address.searchParams.set("portal", window.location.origin);
    if (options.mode === "launcher") address.searchParams.set("launcher", "");
    if (options.getToken) address.searchParams.set("token", "");
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = options.label;
    frame.allow = "clipboard-write";
    return style(frame, { border: "0", width: "100%", display: "block", "color-scheme": "auto" });
  }

  /** Obey the frame only: its window and the service's origin, nothing else. */
  function listen(frame, options, close) {
    const onMessage = async (event) => {
      if (event.source !== frame.contentWindow || event.origin !== service.origin) return;
      const message = event.data || {};
      if (message.type === "hoibaocao:height" && options.mode === "inline") {
        const height = Math.min(Math.max(Number(message.height) || 0, MIN_HEIGHT_PX), options.maxHeight);
        style(frame, { height: `${height}px` });
      }
      if (message.type === "hoibaocao:close") close();
      if (message.type === "hoibaocao:token-request" && options.getToken) {
        let token = null;
        try {
          token = await options.getToken();
        } catch {
          token = null; // The frame then shows the service's own 401 message.
        }
        frame.contentWindow.postMessage({ type: "hoibaocao:token", id: message.id, token }, service.origin);
      }
    };
    window.addEventListener("message", onMessage);
    return () => window.removeEventListener("message", onMessage);
  }

  function mountInline(options) {
    const place = typeof options.target === "string" ? document.querySelector(options.target) : options.target;
    if (!place) throw new Error(`HoiBaoCao: không có phần tử ${options.target}`);
    const frame = style(makeFrame(options), { height: `${MIN_HEIGHT_PX}px` });
    const silence = listen(frame, options, () => {});
    place.append(frame);
    return { remove() { silence(); frame.remove(); } };
  }

  function mountLauncher(options) {
    const box = style(document.createElement("div"), {
      position: "fixed", right: "16px", bottom: "80px", width: "min(430px, calc(100vw - 32px))",
      height: "min(680px, calc(100vh - 110px))", "z-index": "2147483000", display: "none",
      "border-radius": "14px", overflow: "hidden", "box-shadow": "0 8px 34px rgba(15, 35, 55, .3)",
    });
    const opener = style(document.createElement("button"), {
      position: "fixed", right: "16px", bottom: "16px", "z-index": "2147483000", padding: "12px 20px",
      font: "600 16px/1.5 system-ui, sans-serif", color: "#fff", background: "#0b5a84", border: "0",
      "border-radius": "26px", cursor: "pointer", "box-shadow": "0 3px 12px rgba(15, 35, 55, .35)",
    });
    let frame = null;
    let silence = () => {};
    opener.type = "button";
    opener.textContent = options.label;
    const show = (open) => {
      if (open && !frame) {
        frame = style(makeFrame(options), { height: "100%" });
        silence = listen(frame, options, () => show(false));
        box.append(frame);
      }
      style(box, { display: open ? "block" : "none" });
      opener.setAttribute("aria-expanded", String(open));
      if (open) frame.focus();
      else opener.focus();
    };
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", () => show(opener.getAttribute("aria-expanded") !== "true"));
    document.body.append(box, opener);
    return { remove() { silence(); box.remove(); opener.remove(); } };
  }

  /** options: {mode: "launcher"|"inline", target, label, maxHeight (px), getToken}; gives {remove()}. */
  function mount(given) {
    const options = { mode: "launcher", target: null, label: "Hỏi báo cáo", maxHeight: MAX_HEIGHT_PX, getToken: null, ...given };
    return options.mode === "inline" ? mountInline(options) : mountLauncher(options);
  }

  window.HoiBaoCao = Object.freeze({ mount });
  const { mode = "launcher", target, label, maxHeight } = script.dataset;
  const start = () => mount({ mode, target, ...(label ? { label } : {}), ...(maxHeight ? { maxHeight: Number(maxHeight) } : {}) });
  if (mode === "manual") return;
  if (document.body && document.readyState !== "loading") start();
  else document.addEventListener("DOMContentLoaded", start);
})();
