// Takes this browser's pushes for the user who is known: asked for by the page, when the person has just pressed something.
import { type Tenure } from "./client";
import { type Inbox } from "./inbox";

const WORKER = "/tenure-push.js";

export class Push {
  constructor(
    private readonly tenure: Tenure,
    private readonly inbox: Inbox,
  ) {
    tenure.on("reset", () => void this.#forget());
    tenure.on("consent", (agreed) => {
      if (!agreed) void this.#forget();
    });
  }

  /** Ask the person, and let pushes reach this browser; says whether they do. */
  async begin(): Promise<boolean> {
    const session = this.inbox.session;
    if (!session?.push || !("PushManager" in window)) return false;
    if ((await Notification.requestPermission()) !== "granted") return false;
    const worker = await navigator.serviceWorker.register(this.tenure.settings.worker ?? WORKER);
    await navigator.serviceWorker.ready;
    const known = await worker.pushManager.getSubscription();
    const subscription = known ?? (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: session.push }));
    const { endpoint, keys } = subscription.toJSON();
    const answer = await this.inbox.ask("browsers", { token: session.token, endpoint, keys });
    return answer.ok;
  }

  /** Whoever uses this browser next gets no pushes of somebody else's. */
  async #forget(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    const worker = await navigator.serviceWorker.getRegistration(this.tenure.settings.worker ?? WORKER);
    const subscription = await worker?.pushManager.getSubscription();
    if (!subscription) return;
    await subscription.unsubscribe();
    await this.inbox.ask("browsers/gone", { endpoint: subscription.endpoint });
  }
}
