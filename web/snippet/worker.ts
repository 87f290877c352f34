// The service worker's part, fetched by the shop's own worker file with importScripts: shows pushes, opens what they lead to.
interface Told {
  id: string;
  title: string;
  body: string;
  url: string;
  language: string;
}

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
  const { id, title, body, url, language } = push.data?.json() as Told;
  push.waitUntil(worker.registration.showNotification(title || body, { body: title ? body : "", tag: id, lang: language, data: url }));
});

addEventListener("notificationclick", (event) => {
  const press = event as PressEvent;
  press.notification.close();
  const url = new URL(String(press.notification.data || "/"), worker.registration.scope);
  if (/^https?:$/.test(url.protocol)) press.waitUntil(worker.clients.openWindow(url.href));
});
