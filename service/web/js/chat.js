// The conversation: asking, waiting, stopping, showing; kept in this tab until "Cuộc trò chuyện mới".

import { answerCard } from "./answer.js";
import { ApiError, ask } from "./api.js";
import { announce, button, fill, h } from "./dom.js";
import { errorCard } from "./errors.js";
import { shorten } from "./text.js";

const STORE_KEY = "hoibaocao-conversation";
const TURNS_KEPT = 30;
const SLOW_MS = 4000;

/**
 * `log`: the element that holds the turns. `onBusy(busy)`; `scope()` → {filters, text}; `openSource(citation)`;
 * `edit(question)` puts a question back into the box; `onUnauthorized(retry)`; `onTurns(count)`.
 */
export function conversation({ log, onBusy, scope, openSource, edit, onUnauthorized, onTurns }) {
  let state = { id: null, turns: [] };
  let running = null;

  const actions = { openSource, edit, ask: (question) => put(question) };

  function keep() {
    state.turns = state.turns.slice(-TURNS_KEPT);
    try {
      window.sessionStorage.setItem(STORE_KEY, JSON.stringify(state));
    } catch {
      // Full or refused: the conversation then lives only as long as the page.
    }
    onTurns(state.turns.length);
  }

  function restore() {
    try {
      const kept = JSON.parse(window.sessionStorage.getItem(STORE_KEY) || "null");
      if (kept && Array.isArray(kept.turns)) state = kept;
      for (const { answer, scopeText } of state.turns) turnBox(answer.question).append(answerCard(answer, actions, scopeText));
    } catch {
      state = { id: null, turns: [] };
      fill(log);
    }
    onTurns(state.turns.length);
    if (state.turns.length) log.lastElementChild.scrollIntoView({ block: "start" });
  }

  function turnBox(question) {
    const box = h("section", { class: "turn", "aria-label": shorten(question, 80) },
      h("h2", { class: "question", text: question }));
    log.append(box);
    return box;
  }

  async function put(question, box = null) {
    if (running) return;
    const { filters, text: scopeText } = scope();
    const host = box || turnBox(question);
    const waiting = waitingCard();
    if (box) box.querySelectorAll(".card").forEach((one) => one.remove());
    host.append(waiting.node);
    host.scrollIntoView({ block: "start", behavior: motion() });
    running = new AbortController();
    onBusy(true);
    onTurns(state.turns.length + 1);
    try {
      const answer = await askOn({ question, filters }, { signal: running.signal, onEvent: waiting.onEvent });
      const card = answerCard(answer, actions, scopeText);
      waiting.node.replaceWith(card);
      state.id = answer.conversation_id;
      state.turns.push({ answer, scopeText });
      keep();
      announce(`Đã trả lời. ${answer.short_answer || answer.answer}`);
    } catch (error) {
      waiting.node.replaceWith(failure(error, waiting.partial(), () => put(question, host), () => edit(question)));
    } finally {
      waiting.end();
      running = null;
      onBusy(false);
    }
    host.scrollIntoView({ block: "start", behavior: motion() });
  }

  /** Ask within the conversation; one that the service no longer keeps is begun anew instead of failing. */
  async function askOn(request, options) {
    try {
      return await ask({ ...request, conversation_id: state.id }, options);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404 || !state.id) throw error;
      state.id = null;
      return ask({ ...request, conversation_id: null }, options);
    }
  }

  function failure(error, partial, again, editAgain) {
    if (error.name === "AbortError") {
      announce("Đã dừng.");
      return h("article", { class: "card stopped" }, partial ? h("p", { text: partial }) : null,
        h("p", { class: "muted", text: "Đã dừng theo yêu cầu." }),
        h("div", { class: "card-tools" }, button("Hỏi lại", again), button("Sửa câu hỏi", editAgain, { variant: "quiet" })));
    }
    if (error instanceof ApiError && error.status === 401) onUnauthorized(again);
    return errorCard(error, { retry: again });
  }

  function stop() {
    if (!running) return false;
    running.abort();
    return true;
  }

  function renew() {
    stop();
    state = { id: null, turns: [] };
    fill(log);
    keep();
    announce("Đã bắt đầu cuộc trò chuyện mới.");
  }

  function openNth(number) {
    const last = state.turns.at(-1);
    const citation = last && last.answer.citations.find((one) => one.index === number);
    if (citation) openSource(citation);
    return Boolean(citation);
  }

  return { put, stop, renew, restore, openNth };
}

function motion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** The card shown while waiting: the stages the service reports, guarded sentences as they come. */
function waitingCard() {
  const stages = h("ol", { class: "stages" });
  const text = h("p", { class: "partial" });
  const node = h("article", { class: "card waiting", "aria-busy": "true" }, stages, text);
  let last = "";
  const stage = (message) => {
    if (message === last) return;
    last = message;
    stages.querySelectorAll("[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    stages.append(h("li", { "aria-current": "step", text: message }));
    announce(message);
  };
  stage("Đang tìm trong các báo cáo…");
  const slow = window.setTimeout(() => stage("Vẫn đang tìm, xin chờ thêm chút…"), SLOW_MS);
  return {
    node,
    partial: () => text.textContent,
    end: () => window.clearTimeout(slow),
    onEvent: (event, data) => {
      if (event === "status" && data.message) stage(String(data.message));
      if (event === "sources") {
        const count = Array.isArray(data) ? data.length : (data.citations || data.sources || []).length;
        if (count) stage(`Đã tìm thấy ${count} nguồn, đang viết câu trả lời…`);
      }
      if (event === "delta") text.append(String(data.text || ""));
    },
  };
}
