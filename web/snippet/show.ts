// Draws one message in a corner of the page that the page's own style cannot reach, nor the other way round.
import { type Said } from "./inbox";
import { say } from "./words";

export interface Message {
  id: string;
  style: "banner" | "modal";
  title: string;
  body: string;
  button: string;
  url: string;
  language: string;
}

const STYLE = `
:host { all: initial; }
dialog, section { box-sizing: border-box; font: 15px/1.5 system-ui, sans-serif; color: #1c1b18; background: #fff; border: 1px solid #d9d6cc; border-radius: 14px; box-shadow: 0 12px 40px rgb(0 0 0 / 18%); padding: 20px 22px; }
section { position: fixed; inset: auto 16px 16px auto; width: min(380px, calc(100vw - 32px)); z-index: 2147483000; }
dialog { width: min(460px, calc(100vw - 32px)); max-height: calc(100vh - 48px); overflow: auto; }
dialog::backdrop { background: rgb(20 20 16 / 45%); }
h2 { margin: 0 36px 6px 0; font-size: 17px; line-height: 1.35; }
p { margin: 0 36px 0 0; white-space: pre-line; overflow-wrap: anywhere; }
h2 + p, dialog p { margin-right: 0; }
a { display: inline-block; margin-top: 14px; padding: 9px 16px; border-radius: 10px; background: #0d5f58; color: #fff; text-decoration: none; font-weight: 600; }
button { position: absolute; top: 10px; right: 10px; width: 36px; height: 36px; border: 0; border-radius: 10px; background: none; color: inherit; font: 20px/1 system-ui; cursor: pointer; }
button:hover { background: rgb(128 128 128 / 16%); }
:focus-visible { outline: 3px solid #2b8a80; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  dialog, section { color: #f1efe8; background: #23221e; border-color: #45433c; }
  a { background: #7fd0c5; color: #10201e; }
}`;

/** Show a message; returns how to take it away unseen. Words are text, never markup. */
export function show(message: Message, said: (what: Said) => void): () => void {
  const host = document.createElement("tenure-message");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const modal = message.style === "modal";
  const box = document.createElement(modal ? "dialog" : "section");
  box.lang = message.language;
  box.setAttribute("aria-label", message.title || say("message", message.language));
  if (!modal) box.setAttribute("aria-live", "polite");

  let over = false;
  const end = (what?: Said) => {
    if (over) return;
    over = true;
    removeEventListener("keydown", escape);
    if (box instanceof HTMLDialogElement) box.close(); // gives the focus back
    host.remove();
    if (what) said(what);
  };
  const escape = (event: KeyboardEvent) => {
    if (event.key === "Escape" && root.activeElement) end("dismissed");
  };

  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", say("close", message.language));
  close.onclick = () => end("dismissed");
  box.append(...words(message), close);
  const link = destination(message);
  if (link) {
    const button = document.createElement("a");
    button.href = link;
    button.textContent = message.button;
    button.onclick = () => end("clicked");
    box.insertBefore(button, close);
  }
  root.append(box);
  document.body.append(host);
  if (box instanceof HTMLDialogElement) {
    box.addEventListener("cancel", () => end("dismissed"));
    box.addEventListener("close", () => end("dismissed"));
    box.showModal();
  } else addEventListener("keydown", escape);
  said("shown");
  return () => end();
}

function words({ title, body }: Message): HTMLElement[] {
  return [["h2", title] as const, ["p", body] as const].flatMap(([tag, text]) => {
    if (!text) return [];
    const part = document.createElement(tag);
    part.textContent = text;
    return [part];
  });
}

function destination({ button, url }: Message): string | null {
  if (!button || !URL.canParse(url, location.href)) return null;
  const found = new URL(url, location.href);
  return /^https?:$/.test(found.protocol) ? found.href : null;
}
