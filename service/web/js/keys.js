// Keyboard shortcuts of the whole page.

import { hideTip } from "./tip.js";

/** "/" goes to the box, Esc steps back one thing at a time, Alt+1..9 opens a source, "?" shows the help. */
export function shortcuts({ composer, chat, source, help }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const modal = document.querySelector("dialog:modal");
    if (event.key === "Escape") {
      if (hideTip()) event.preventDefault();
      else if (!modal) stepBack();
      return;
    }
    if (modal) return;
    if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      if (chat.openNth(Number(event.code.slice(5)))) event.preventDefault();
      return;
    }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      composer.focus();
    } else if (event.key === "?" && help) {
      event.preventDefault();
      help();
    }
  });

  function stepBack() {
    if (chat.stop()) return;
    if (source.isOpen()) source.close();
    else if (!composer.isEmpty()) composer.clear();
  }
}

function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
