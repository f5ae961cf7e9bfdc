// Runs before the first paint (a classic script in <head>), so that a chosen theme never flashes.
(function () {
  "use strict";
  try {
    const chosen = window.localStorage.getItem("hoibaocao-theme");
    if (chosen === "dark" || chosen === "light") {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // Storage is refused in some embedded frames: the system's own preference then holds.
  }
})();
