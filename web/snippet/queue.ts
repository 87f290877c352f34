// Calls on their way: kept until the server answers for them, sent in batches, and handed to the browser when the page goes.
import { type Call } from "./settings";
import { type Storage } from "./storage";

const MOST_IN_BATCH = 100;
const MOST_BYTES = 400_000; // the server takes 500 KB
const MOST_KEPT = 1_000;
const BEACON_BYTES = 60_000; // browsers take 64 KB while a page goes
const SOON = 300;
const LONGEST_WAIT = 60_000;
const ORPHANED = 30_000; // a queue nobody has touched for this long belongs to a page that is gone

interface Kept {
  at: number;
  calls: Call[];
}

export class Queue {
  #calls: Call[] = [];
  #sending = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #name = `queue.${crypto.randomUUID()}`;

  constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly storage: Storage,
    private readonly complain: (problem: unknown) => void,
  ) {
    for (const name of storage.names("queue.")) this.#adopt(name);
    addEventListener("pagehide", () => this.hand());
    addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.hand();
    });
    addEventListener("online", () => this.#soon(0));
    if (this.#calls.length > 0) this.#soon(SOON);
  }

  add(call: Call): void {
    this.#calls.push(call);
    if (this.#calls.length > MOST_KEPT) this.#calls.shift();
    this.#keep();
    this.#soon(SOON);
  }

  /** Forget what was not sent. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#calls = [];
    this.#keep();
  }

  /** Give the browser what waits: it sends it even when the page is gone. What is under way stays: it may not arrive. */
  hand(): void {
    while (this.#calls.length > 0) {
      const batch = this.#batch(BEACON_BYTES);
      if (!navigator.sendBeacon(this.url, this.#body(batch))) return;
      this.#done(batch);
    }
  }

  #soon(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), wait);
  }

  async #send(): Promise<void> {
    if (this.#sending || this.#calls.length === 0) return;
    this.#sending = true;
    const batch = this.#batch(MOST_BYTES);
    const wait = await this.#attempt(batch);
    this.#sending = false;
    this.#failures = wait === 0 ? 0 : this.#failures + 1;
    if (wait === 0) this.#done(batch);
    if (this.#calls.length > 0) this.#soon(wait);
  }

  /** Send a batch; returns how long to wait before the same is tried again, or nothing when it is over with. */
  async #attempt(batch: Call[]): Promise<number> {
    const backoff = Math.min(LONGEST_WAIT, 1_000 * 2 ** this.#failures) * (0.5 + Math.random() / 2);
    try {
      const answer = await fetch(this.url, { method: "POST", body: this.#body(batch), headers: { "Content-Type": "text/plain" }, credentials: "omit" });
      if (answer.status === 429 || answer.status >= 500) return Math.max(backoff, 1_000 * Number(answer.headers.get("Retry-After") ?? 0));
      const told: unknown = await answer.json().catch(() => null);
      if (!answer.ok || (told as { refused?: number } | null)?.refused) this.complain(told);
      return 0;
    } catch {
      return backoff; // the line is down
    }
  }

  #body(batch: Call[]): string {
    return JSON.stringify({ writeKey: this.key, sentAt: new Date().toISOString(), batch });
  }

  #batch(most: number): Call[] {
    let bytes = 200;
    const end = this.#calls.slice(0, MOST_IN_BATCH).findIndex((call) => (bytes += 3 * JSON.stringify(call).length) > most);
    return this.#calls.slice(0, end < 0 ? MOST_IN_BATCH : Math.max(1, end));
  }

  #done(batch: Call[]): void {
    const gone = new Set(batch);
    this.#calls = this.#calls.filter((call) => !gone.has(call));
    this.#keep();
  }

  #keep(): void {
    this.storage.write(this.#name, this.#calls.length === 0 ? null : JSON.stringify({ at: Date.now(), calls: this.#calls }));
  }

  #adopt(name: string): void {
    try {
      const kept = JSON.parse(this.storage.read(name) ?? "") as Kept;
      if (Date.now() - kept.at < ORPHANED) return;
      this.#calls.push(...kept.calls);
      this.#keep();
    } catch {
      // not one of ours
    }
    this.storage.write(name, null);
  }
}
