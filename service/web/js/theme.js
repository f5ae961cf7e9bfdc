// The light/dark switch. Without a choice the system's own preference holds.

const STORE_KEY = "hoibaocao-theme";

/** Make `node` switch the theme and tell which one it leads to. */
export function themeSwitch(node) {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const current = () => document.documentElement.dataset.theme || (system.matches ? "dark" : "light");
  const label = () => { node.textContent = current() === "dark" ? "Nền sáng" : "Nền tối"; };
  node.addEventListener("click", () => {
    const next = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try {
      window.localStorage.setItem(STORE_KEY, next);
    } catch {
      // Storage refused: the choice lasts as long as the page.
    }
    label();
  });
  system.addEventListener("change", label);
  label();
}
