// What is remembered between pages. Every browser may refuse to remember; then it holds for this page only.
import { type Settings } from "./settings";

const LASTS = 60 * 60 * 24 * 395; // seconds; browsers allow 400 days
const PREFIX = "tenure.";
const COOKIE = "tenure_id";

export class Storage {
  readonly #memory = new Map<string, string>();

  constructor(private readonly settings: Settings) {}

  read(name: string): string | null {
    try {
      return localStorage.getItem(PREFIX + name) ?? this.#memory.get(name) ?? null;
    } catch {
      return this.#memory.get(name) ?? null;
    }
  }

  write(name: string, value: string | null): void {
    if (value === null) this.#memory.delete(name);
    else this.#memory.set(name, value);
    try {
      if (value === null) localStorage.removeItem(PREFIX + name);
      else localStorage.setItem(PREFIX + name, value);
    } catch {
      // full, or forbidden: the page's own memory holds it
    }
  }

  names(prefix: string): string[] {
    try {
      return Object.keys(localStorage).flatMap((key) => (key.startsWith(PREFIX + prefix) ? [key.slice(PREFIX.length)] : []));
    } catch {
      return [];
    }
  }

  /** Forget everything, the cookie too. */
  clear(): void {
    for (const name of [...this.names(""), ...this.#memory.keys()]) this.write(name, null);
    this.#cookie("", 0);
  }

  /** Who this browser is: the same on all subdomains where a cookie may say so. */
  visitor(): string {
    const known = this.read("id") ?? /(?:^|; )tenure_id=([\w-]{8,64})/.exec(document.cookie)?.[1];
    const id = known ?? crypto.randomUUID();
    this.write("id", id);
    this.#cookie(id, LASTS);
    return id;
  }

  #cookie(value: string, seconds: number): void {
    if (this.settings.cookie === false) return;
    const domain = this.settings.cookieDomain ? `; Domain=${this.settings.cookieDomain}` : "";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${COOKIE}=${value}; Path=/; Max-Age=${String(seconds)}; SameSite=Lax${domain}${secure}`;
  }
}
