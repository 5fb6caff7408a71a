// Shortcut keys of the inbox: one letter each, never while somebody writes or holds another key, and off where the reader says so (WCAG 2.1, 2.1.4).
// The arrows move from one name of the list to another, where one has the focus; elsewhere, and at the ends of the list, they scroll as ever.
// They only move the focus: nothing is pressed, sent or changed by them, and every page works without this file.
(() => {
  const NAME = "habitue_keys";
  const help = document.getElementById("keys");
  const on = document.getElementById("keys-on");

  function remembered() {
    try { return localStorage.getItem(NAME) !== "off"; } catch { return true; }
  }
  function remember() {
    try { localStorage.setItem(NAME, on.checked ? "on" : "off"); } catch { /* a browser that keeps nothing */ }
  }
  function focus(id) {
    const found = document.getElementById(id);
    if (found) found.focus();
    return Boolean(found);
  }
  function step(by) {
    const names = [...document.querySelectorAll(".people .who")];
    const at = names.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : names.length - 1) : Math.min(names.length - 1, Math.max(0, at + by));
    if (names[next]) names[next].focus();
  }
  function arrow(by, event) {
    const names = [...document.querySelectorAll(".people .who")];
    const at = names.indexOf(document.activeElement);
    if (at < 0 || !names[at + by] || event.shiftKey) return false;
    names[at + by].focus();
    return true;
  }
  function ask() {
    help.open = !help.open;
    help.querySelector("summary").focus();
  }

  const keys = new Map([
    ["j", () => step(1)],
    ["k", () => step(-1)],
    ["ArrowDown", (event) => arrow(1, event)],
    ["ArrowUp", (event) => arrow(-1, event)],
    ["r", () => focus("words")],
    ["e", () => focus("done")],
    ["/", () => { if (!focus("q")) location.assign(help.dataset.find); }],
    ["?", ask],
  ]);

  help.hidden = false;
  on.checked = remembered();
  on.addEventListener("change", remember);
  document.addEventListener("keydown", (event) => {
    if (!on.checked || event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = keys.get(event.key);
    if (!act) return;
    if (act(event) !== false) event.preventDefault();
  });
})();
