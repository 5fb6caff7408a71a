// The chat of a shop: a button that opens a small window, words that a person reads, and the answer when it comes. No cookie; what is kept ends with the tab.
(() => {
  "use strict";
  const script = document.currentScript;
  const house = new URL(".", script.src).href;
  const fr = (script.dataset.lang || document.documentElement.lang || navigator.language || "").toLowerCase().startsWith("fr");
  const say = fr
    ? { open: "Nous écrire", title: "Écrivez-nous", close: "Fermer", words: "Votre message", email: "Votre adresse e-mail, pour la réponse", send: "Envoyer",
        you: "Vous", form: "Écrire sur une page à part", lost: "Le message n’est pas parti. Réessayez, ou écrivez-nous sur la page à part.", going: "Envoi…" }
    : { open: "Write to us", title: "Write to us", close: "Close", words: "Your message", email: "Your e-mail address, for the answer", send: "Send",
        you: "You", form: "Write on a page of its own", lost: "The message has not left. Try again, or write on the page of its own.", going: "Sending…" };
  const css = `
    :host { all: initial; position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; font: 16px/1.45 system-ui, sans-serif; color-scheme: light dark; }
    * { box-sizing: border-box; font: inherit; }
    button { min-height: 44px; padding: 8px 16px; border: 1px solid #221e1a; border-radius: 4px; background: #221e1a; color: #fff; cursor: pointer; }
    button.plain { background: transparent; color: inherit; border-color: transparent; text-decoration: underline; }
    :focus-visible { outline: 3px solid #b3261e; outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
    [role=dialog] { width: min(360px, calc(100vw - 32px)); max-height: min(560px, calc(100vh - 32px)); overflow: auto; padding: 16px; border: 1px solid #8a8177;
      border-radius: 6px; background: #fffdf8; color: #221e1a; }
    [hidden] { display: none; }
    header { display: flex; justify-content: space-between; align-items: center; }
    h2 { margin: 0; font-size: 20px; }
    [role=log] { overflow-wrap: anywhere; white-space: pre-wrap; }
    [role=log] p { padding-left: 8px; border-left: 3px solid #8a8177; }
    [role=log] .ours { border-color: #b3261e; }
    b { display: block; font-weight: 600; }
    label { display: block; margin-top: 8px; }
    textarea, input { width: 100%; min-height: 44px; padding: 8px; border: 1px solid #8a8177; border-radius: 4px; background: #fff; color: #221e1a; }
    .bait { position: absolute; left: -9999px; }
    p { margin: 8px 0; }
    a { color: inherit; }
    @media (prefers-color-scheme: dark) {
      [role=dialog] { background: #1d1a16; color: #f3ecdf; }
      [role=dialog] :focus-visible { outline-color: #ff9d8f; box-shadow: none; }
      [role=log] .ours { border-color: #ff9d8f; }
      textarea, input { background: #12100e; color: #f3ecdf; }
      button { background: #f3ecdf; color: #1d1a16; border-color: #f3ecdf; }
      button.plain { background: transparent; color: inherit; }
    }`;

  const make = (name, told = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(told)) key in made ? (made[key] = value) : made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const kept = (name, value) => {
    try {
      if (value !== undefined) sessionStorage.setItem(`habitue-chat-${name}`, value);
      return sessionStorage.getItem(`habitue-chat-${name}`) || "";
    } catch { return ""; }
  };

  const host = make("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const opener = make("button", { type: "button", textContent: say.open, "aria-haspopup": "dialog", "aria-expanded": "false" });
  const closer = make("button", { type: "button", className: "plain", textContent: say.close });
  const log = make("div", { role: "log", "aria-live": "polite", "aria-label": say.title });
  const words = make("textarea", { id: "words", name: "words", rows: 3, required: true });
  const email = make("input", { id: "email", name: "email", type: "email", required: true, autocomplete: "email", value: kept("email") });
  const bait = make("input", { name: "website", tabIndex: -1, autocomplete: "off" });
  const send = make("button", { textContent: say.send });
  const status = make("p", { role: "status" });
  const form = make("form", {},
    make("label", { htmlFor: "words", textContent: say.words }), words,
    make("label", { htmlFor: "email", textContent: say.email }), email,
    make("div", { className: "bait", "aria-hidden": "true" }, bait),
    make("p", {}, send));
  const page = make("a", { href: `${house}write?lang=${fr ? "fr" : "en"}`, textContent: say.form });
  const box = make("div", { role: "dialog", "aria-labelledby": "title", hidden: true },
    make("header", {}, make("h2", { id: "title", textContent: say.title }), closer), log, form, status, make("p", {}, page));
  root.append(opener, box);

  let stream = null;
  const listen = () => {
    if (stream || !kept("secret")) return;
    stream = new EventSource(`${house}chat/${kept("secret")}`);
    stream.onerror = () => { if (stream?.readyState === EventSource.CLOSED) stream = null; };
    const heard = new Set();
    log.replaceChildren();
    stream.onmessage = (event) => {
      if (heard.has(event.lastEventId)) return;
      heard.add(event.lastEventId);
      const told = JSON.parse(event.data);
      log.append(make("p", { className: told.hers ? "" : "ours" }, make("b", { textContent: told.hers ? say.you : told.who }), told.words));
      box.scrollTop = box.scrollHeight;
    };
  };
  const show = (isOpen) => {
    box.hidden = !isOpen;
    opener.hidden = isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    (isOpen ? words : opener).focus();
    if (isOpen) listen();
  };
  opener.addEventListener("click", () => show(true));
  closer.addEventListener("click", () => show(false));
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") show(false); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    status.textContent = say.going;
    kept("email", email.value);
    try {
      const body = new URLSearchParams({ words: words.value, email: email.value, website: bait.value, chat: kept("secret") });
      const answer = await fetch(`${house}chat?lang=${fr ? "fr" : "en"}`, { method: "POST", body, credentials: "omit" });
      const told = await answer.json();
      status.textContent = told.error || told.said;
      if (!told.error) {
        if (told.chat && told.chat !== kept("secret")) {
          kept("secret", told.chat);
          stream?.close();
          stream = null;
        }
        words.value = "";
        listen();
      }
    } catch {
      status.textContent = say.lost;
    }
    send.disabled = false;
    words.focus();
  });
  const put = () => document.body.append(host);
  document.body ? put() : addEventListener("DOMContentLoaded", put);
})();
