import { useCallback } from "react";

import { useLanguage } from "../i18n/use-language";
import { ApiError } from "./problem";

/** What the server said about one field of a form, by its JSON pointer such as `/email`. */
export function useFieldError(error: unknown): (path: string) => string | undefined {
  const language = useLanguage();
  return useCallback((path) => (error instanceof ApiError ? error.field(path, language) : undefined), [error, language]);
}
