// What a page may ask for. Nothing is stored or sent while consent is wanting; what was asked for meanwhile waits in this page.
import { context, page } from "./context";
import { Queue } from "./queue";
import { type Call, type Fields, type Settings } from "./settings";
import { Storage } from "./storage";

export interface User {
  id: string;
  /** HMAC-SHA256 of the id with the source's identity secret, made by the shop's server. */
  hash: string | null;
}

type Listener = (...told: unknown[]) => void;
const MOST_WAITING = 200;

export class Tenure {
  settings: Settings = {};
  host = "";
  key = "";
  storage = new Storage({});
  #queue: Queue | null = null;
  #waiting: (() => void)[] = [];
  #agreed = false;
  readonly #listeners = new Map<string, Set<Listener>>();

  /** Begin: which source this page is, and where to send to. */
  load(key: string, settings: Settings = {}): this {
    if (this.key) return this;
    this.key = key;
    this.settings = settings;
    this.host = (settings.host ?? this.host).replace(/\/$/, "");
    this.storage = new Storage(settings);
    const said = this.storage.read("consent");
    const signalled = settings.honourSignals !== false && signal();
    this.#agreed = said === "yes" || (settings.consent !== false && !signalled);
    this.tell("ready");
    this.#go();
    return this;
  }

  /** Take the visitor's word: `true` lets what waits go, `false` forgets everything. */
  consent(agreed: boolean): this {
    this.#agreed = agreed;
    if (agreed) {
      this.storage.write("consent", "yes");
      this.#go();
    } else {
      this.#waiting = [];
      this.#queue?.drop();
      this.storage.clear();
    }
    this.tell("consent", agreed);
    return this;
  }

  /** Say who this is; the hash proves it, and lets this person's messages be shown. */
  identify(id: string | null, traits: Fields = {}, more: { hash?: string } = {}): this {
    return this.#when(() => {
      const before = this.user();
      if (id !== null && before !== null && before.id !== id) this.#forget(); // another person at the same browser
      if (id !== null) this.storage.write("user", JSON.stringify({ id, hash: more.hash ?? (before?.id === id ? before.hash : null) }));
      const hash = this.user()?.hash;
      this.#send("identify", { traits, ...(hash ? { context: { ...context(), hash } } : {}) });
    });
  }

  track(event: string, properties: Fields = {}): this {
    return this.#when(() => this.#send("track", { event, properties }));
  }

  page(name?: string, properties: Fields = {}): this {
    return this.#when(() => this.#send("page", { ...(name ? { name } : {}), properties: { ...page(), ...properties } }));
  }

  group(groupId: string, traits: Fields = {}): this {
    return this.#when(() => this.#send("group", { groupId, traits }));
  }

  /** Say that somebody known by another id is this person. */
  alias(id: string, previous?: string): this {
    return this.#when(() => this.#send("alias", { userId: id, previousId: previous ?? this.user()?.id ?? this.storage.visitor() }));
  }

  /** Forget who this is: the next visitor of this browser is somebody else. */
  reset(): this {
    return this.#when(() => this.#forget());
  }

  on(name: string, listener: Listener): this {
    const known = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, known.add(listener));
    return this;
  }

  user(): User | null {
    try {
      return JSON.parse(this.storage.read("user") ?? "null") as User | null;
    } catch {
      return null;
    }
  }

  agreed(): boolean {
    return this.key !== "" && this.#agreed;
  }

  #when(act: () => void): this {
    if (this.agreed()) act();
    else if (this.#waiting.length < MOST_WAITING) this.#waiting.push(act);
    return this;
  }

  #go(): void {
    if (!this.agreed()) return;
    this.#queue ??= new Queue(`${this.host}/v1/batch`, this.key, this.storage, (problem) => this.tell("error", problem));
    for (const act of this.#waiting.splice(0)) act();
    this.tell("user", this.user());
  }

  #forget(): void {
    this.storage.write("user", null);
    this.storage.write("id", crypto.randomUUID());
    this.tell("user", null);
    this.tell("reset");
  }

  #send(type: string, more: Fields): void {
    const call: Call = {
      type,
      messageId: crypto.randomUUID(),
      timestamp: new Date().toISOString(),
      anonymousId: this.storage.visitor(),
      ...(this.user() ? { userId: this.user()?.id } : {}),
      context: context(),
      ...more,
    };
    this.#queue?.add(call);
    this.tell(type, call);
    if (type === "identify") this.tell("user", this.user());
  }

  /** Tell whoever listens for something. */
  tell(name: string, ...told: unknown[]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        listener(...told);
      } catch (error) {
        console.error(error); // a listener of the page's own is no reason to lose an event
      }
    }
  }
}

function signal(): boolean {
  const told = navigator as Navigator & { globalPrivacyControl?: boolean };
  return told.globalPrivacyControl === true || navigator.doNotTrack === "1";
}
