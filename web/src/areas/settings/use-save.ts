import { App } from "antd";

import { useMay } from "../../lib/session";
import { useFieldError } from "../../lib/use-field-error";
import { type SettingsChange, useChangeSettings } from "./api";
import { useWords } from "./words";

/** Saving a part of the settings: who may, how far it is, and what was wrong with which field. */
export function useSave() {
  const t = useWords();
  const may = useMay("settings.write");
  const { message } = App.useApp();
  const change = useChangeSettings();
  const wrong = useFieldError(change.error);
  return {
    may,
    wrong,
    error: change.error,
    saving: change.isPending,
    save: (body: SettingsChange) => change.mutate(body, { onSuccess: () => void message.success(t("saved")) }),
  };
}
