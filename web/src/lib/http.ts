import createClient, { type Middleware } from "openapi-fetch";

import { type paths } from "../api/schema";
import { toApiError, unreachable } from "./problem";

const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** The double-submit token: a script of another site can send our cookie but cannot read it. */
export function csrfToken(cookies: string): string | null {
  const found = /(?:^|;\s*)(?:__Host-)?tenure_csrf=([^;]+)/.exec(cookies);
  return found?.[1] ? decodeURIComponent(found[1]) : null;
}

/** A random key for `Idempotency-Key`; `crypto.randomUUID` is missing on plain http addresses in a local network. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function unsafeHeaders(): Record<string, string> {
  const token = csrfToken(document.cookie);
  return token ? { "X-CSRF-Token": token } : {};
}

const guard: Middleware = {
  onRequest({ request }) {
    if (!UNSAFE.has(request.method)) return request;
    for (const [name, value] of Object.entries(unsafeHeaders())) request.headers.set(name, value);
    if (request.method === "POST" && !request.headers.has("Idempotency-Key")) {
      request.headers.set("Idempotency-Key", newKey());
    }
    return request;
  },
  onError() {
    return unreachable();
  },
};

/** The typed client; every path and shape comes from the OpenAPI document. */
export const http = createClient<paths>({ baseUrl: window.location.origin, credentials: "same-origin" });
http.use(guard);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Await an answer of `http` and return its body, or throw an `ApiError`. */
export async function ask<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw toApiError(response.status, error);
  return data as T;
}
