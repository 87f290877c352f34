// Reads a vouched user's messages while a page is open, shows one at a time, and tells what became of each.
import { type Tenure, type User } from "./client";
import { type Message, show } from "./show";

const AGAIN = 5_000; // first wait before a session is tried again; it doubles
const LONGEST = 300_000;

export type Said = "shown" | "clicked" | "dismissed";

interface Session {
  token: string;
  push: string | null;
}

export class Inbox {
  #session: Session | null = null;
  #user: User | null = null;
  #stream: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #waiting: Message[] = [];
  #open: (() => void) | null = null;
  readonly #known = new Set<string>();

  constructor(private readonly tenure: Tenure) {
    tenure.on("user", (user) => this.#meet(user as User | null));
    tenure.on("consent", (agreed) => {
      if (!agreed) this.#leave();
    });
    addEventListener("pagehide", () => this.#stream?.close());
    addEventListener("pageshow", (event) => {
      if (event.persisted && this.#user) void this.#begin();
    });
  }

  /** The session of the user who is known now, once there is one. */
  get session(): Session | null {
    return this.#session;
  }

  #meet(user: User | null): void {
    const next = user?.hash && this.tenure.agreed() && this.tenure.settings.messages !== false ? user : null;
    if (next?.id === this.#user?.id && next?.hash === this.#user?.hash) return;
    this.#leave();
    this.#user = next;
    if (next) void this.#begin();
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#open?.();
    this.#stream = this.#session = this.#user = this.#open = null;
    this.#waiting = [];
  }

  async #begin(): Promise<void> {
    const user = this.#user;
    if (!user) return;
    const told = { writeKey: this.tenure.key, userId: user.id, hash: user.hash };
    const answer = await this.ask("session", told).catch(() => null);
    if (user !== this.#user) return; // somebody else meanwhile
    if (answer?.ok) {
      this.#session = (await answer.json()) as Session;
      this.#failures = 0;
      this.tenure.tell("session", this.#session);
      this.#listen(this.#session.token);
    } else if (!answer || answer.status === 429 || answer.status >= 500) this.#later();
    else this.tenure.tell("error", await answer.json().catch(() => null)); // nobody vouches: asking again would not help
  }

  #listen(token: string): void {
    this.#stream?.close();
    const stream = new EventSource(`${this.tenure.host}/onsite/stream?token=${encodeURIComponent(token)}`);
    stream.addEventListener("message", (event: MessageEvent<string>) => this.#take(JSON.parse(event.data) as Message));
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) this.#later(); // refused: the token is old, or there is no room
    };
    this.#stream = stream;
  }

  #later(): void {
    clearTimeout(this.#timer);
    const wait = Math.min(LONGEST, AGAIN * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => void this.#begin(), wait);
  }

  #take(message: Message): void {
    if (this.#known.has(message.id)) return;
    this.#known.add(message.id);
    this.#waiting.push(message);
    this.#next();
  }

  #next(): void {
    if (this.#open || document.visibilityState === "hidden") {
      if (!this.#open) addEventListener("visibilitychange", () => this.#next(), { once: true });
      return;
    }
    const message = this.#waiting.shift();
    if (!message) return;
    this.#open = show(message, (what) => {
      this.#say(message, what);
      if (what === "shown") return;
      this.#open = null;
      setTimeout(() => this.#next(), 1_000);
    });
  }

  #say(message: Message, what: Said, tries = 3): void {
    if (tries === 3) this.tenure.tell("message", { ...message, what });
    const told = { token: this.#session?.token, id: message.id, what };
    void this.ask("said", told).then(
      (answer) => answer.status >= 500 && tries > 1 && setTimeout(() => this.#say(message, what, tries - 1), AGAIN),
      () => tries > 1 && setTimeout(() => this.#say(message, what, tries - 1), AGAIN),
    );
  }

  ask(path: string, told: unknown): Promise<Response> {
    return fetch(`${this.tenure.host}/onsite/${path}`, {
      method: "POST",
      body: JSON.stringify(told),
      headers: { "Content-Type": "text/plain" },
      credentials: "omit",
      keepalive: true,
    });
  }
}
