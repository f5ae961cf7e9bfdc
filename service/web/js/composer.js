// The question box: Enter sends, Shift+Enter breaks the line, an input method that is composing is left alone.

const QUESTION_MOST = 2000;
const IME_KEYCODE = 229; // Safari ends the composition before the Enter that confirms it: only this code tells.

/**
 * `form` holds a textarea and a submit button, which stops the work while there is some: it is always in sight.
 * Returns {edit(question), focus(), clear(), busy(flag), isEmpty()}.
 */
export function composer(form, { onQuestion, onStop }) {
  const box = form.querySelector("textarea");
  const sendButton = form.querySelector("button[type=submit]");
  let composing = false;
  let working = false;

  function grow() {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
    sendButton.textContent = working ? "Dừng" : "Hỏi";
    sendButton.disabled = !working && !box.value.trim();
  }

  function send() {
    const question = box.value.normalize("NFC").trim();
    if (!question || working) return;
    box.value = "";
    grow();
    onQuestion(question);
  }

  box.maxLength = QUESTION_MOST;
  box.addEventListener("input", grow);
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (composing || event.isComposing || event.keyCode === IME_KEYCODE) return;
    event.preventDefault();
    send();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (working) onStop();
    else send();
  });
  grow();

  return {
    focus: () => box.focus(),
    isEmpty: () => !box.value,
    clear: () => { box.value = ""; grow(); },
    edit: (question) => { box.value = question; grow(); box.focus(); },
    busy: (flag) => { working = flag; grow(); },
  };
}
