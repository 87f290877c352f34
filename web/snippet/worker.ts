// The service worker's part, fetched by the shop's own worker file with importScripts: shows pushes, opens what they lead to, and
// tells back that one was pressed.
interface Told {
  id: string;
  title: string;
  body: string;
  url: string;
  language: string;
  press?: Press;
}

/** Where a press is told back, and with what. */
interface Press {
  url: string;
  token: string;
}

const AGAIN = 5_000; // between tries to tell a press back

interface PushEvent extends Event {
  data: { json: () => unknown } | null;
  waitUntil: (work: Promise<unknown>) => void;
}

interface PressEvent extends PushEvent {
  notification: Notification;
}

interface Worker {
  registration: { scope: string; showNotification: (title: string, options: NotificationOptions) => Promise<void> };
  clients: { openWindow: (url: string) => Promise<unknown> };
}

const worker = self as unknown as Worker;

addEventListener("push", (event) => {
  const push = event as PushEvent;
  const { id, title, body, url, language, press } = push.data?.json() as Told;
  push.waitUntil(worker.registration.showNotification(title || body, { body: title ? body : "", tag: id, lang: language, data: { url, press } }));
});

addEventListener("notificationclick", (event) => {
  const pressed = event as PressEvent;
  pressed.notification.close();
  const { url, press } = (pressed.notification.data ?? {}) as Partial<Told>;
  const place = new URL(url || "/", worker.registration.scope);
  if (/^https?:$/.test(place.protocol)) pressed.waitUntil(worker.clients.openWindow(place.href));
  if (press) pressed.waitUntil(tell(press));
});

/** Tell that a push was pressed; a server that is away for a moment is told again. */
async function tell(press: Press, tries = 3): Promise<void> {
  const answer = await fetch(press.url, { method: "POST", body: JSON.stringify({ token: press.token }), headers: { "Content-Type": "text/plain" }, credentials: "omit", keepalive: true }).catch(() => null);
  if ((answer && answer.status < 500) || tries <= 1) return;
  await new Promise((done) => setTimeout(done, AGAIN));
  await tell(press, tries - 1);
}
