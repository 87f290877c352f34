import { App } from "antd";
import { useCallback } from "react";

import { useLanguage } from "../i18n/use-language";
import { isDescribable } from "./error-state";
import { useWords } from "./words";

/** Say briefly, above the page, why something just asked for was refused and what helps. */
export function useComplain(): (error: unknown) => void {
  const t = useWords();
  const language = useLanguage();
  const { message } = App.useApp();
  return useCallback(
    (error) => {
      const said = isDescribable(error) ? error.describe(language) : { detail: t("failed"), remedy: null };
      void message.error([said.detail, said.remedy].filter(Boolean).join(" "), 6);
    },
    [t, language, message],
  );
}
