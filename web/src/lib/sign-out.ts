import { type Language } from "../i18n/i18next";
import { ask, http } from "./http";

export async function signOut(): Promise<void> {
  await ask(http.DELETE("/api/v1/session"));
}

/** Keep the chosen language with the member too, for messages; the screen has changed already, so a failure may pass. */
export function rememberLanguage(language: Language): void {
  ask(http.PATCH("/api/v1/session", { body: { language } })).catch(() => undefined);
}
