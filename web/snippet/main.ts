// Begins here: takes over from the stub, and makes every call it kept, in order.
import { Tenure } from "./client";
import { Inbox } from "./inbox";
import { Push } from "./push";

type Kept = [name: string, ...told: unknown[]];

const page = window as unknown as { tenure?: Kept[] | Tenure };
if (!(page.tenure instanceof Tenure)) {
  const kept = Array.isArray(page.tenure) ? page.tenure : [];
  const tenure = new Tenure();
  const source = (document.currentScript as HTMLScriptElement | null)?.src;
  if (source) tenure.host = new URL(source).origin;
  const push = new Push(tenure, new Inbox(tenure));
  Object.assign(tenure, { push: () => push.begin() });
  page.tenure = tenure;
  for (const [name, ...told] of kept) {
    const act = (tenure as unknown as Record<string, unknown>)[name];
    if (typeof act === "function") Reflect.apply(act, tenure, told);
  }
}
