// What the full page and the embedded one share: chat, composer, scope bar, source panel, access code, shortcuts.

import { suggestions } from "./api.js";
import { suggestionChips } from "./answer.js";
import { accessDialog } from "./access.js";
import { conversation } from "./chat.js";
import { composer } from "./composer.js";
import { fill } from "./dom.js";
import { shortcuts } from "./keys.js";
import { scopeBar } from "./scope.js";
import { sourcePanel } from "./source.js";

const byId = (id) => document.getElementById(id);

/** Wire the parts found in the document. `help` may be null. Returns the parts for the page that adds more. */
export function startPage({ help = null } = {}) {
  const welcome = byId("welcome");
  const source = sourcePanel(byId("source"));
  const access = accessDialog(byId("access"));
  const scope = scopeBar(byId("scope"));
  let chat = null;
  const box = composer(byId("ask"), { onQuestion: (question) => chat.put(question), onStop: () => chat.stop() });
  chat = conversation({
    log: byId("log"),
    scope: scope.value,
    openSource: source.open,
    edit: box.edit,
    onBusy: box.busy,
    onUnauthorized: access.ask,
    onTurns: (count) => { welcome.hidden = count > 0; },
  });

  /** Suggested questions come from the reports themselves; without any the page stays usable. */
  async function suggest() {
    const place = byId("starters");
    try {
      fill(place, suggestionChips(await suggestions(), { ask: chat.put }, "Có thể hỏi ngay"));
    } catch {
      fill(place);
    }
  }

  const renew = () => { source.close(); chat.renew(); suggest(); box.focus(); };
  byId("renew").addEventListener("click", renew);
  shortcuts({ composer: box, chat, source, help });
  chat.restore();
  return { chat, box, scope, source, access, suggest };
}
