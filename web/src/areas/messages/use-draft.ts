import { useBlocker } from "@tanstack/react-router";
import { App } from "antd";
import { useState } from "react";

import { type Message, useSaveMessage } from "./api";
import { type Draft, draftOf, same } from "./draft";
import { useWords } from "./words";

/** A message with the changes that are not kept yet; leaving the page asks first. */
export function useDraft(message: Message) {
  const t = useWords();
  const { modal } = App.useApp();
  const [changed, setChanged] = useState<Draft | null>(null);
  const saving = useSaveMessage(message.id);
  const held = draftOf(message);
  const draft = changed ?? held;
  const dirty = changed !== null && !same(changed, held);
  const leaves = () =>
    new Promise<boolean>((decide) => {
      void modal.confirm({
        title: t("unsaved"),
        content: t("unsavedDetail"),
        okText: t("leave"),
        okButtonProps: { danger: true },
        cancelText: t("stay"),
        onOk: () => decide(false),
        onCancel: () => decide(true),
      });
    });
  useBlocker({ shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname && leaves(), enableBeforeUnload: () => dirty });
  return {
    message,
    draft,
    dirty,
    change: (part: Partial<Draft>) => setChanged({ ...draft, ...part }),
    save: async () => {
      if (dirty) await saving.mutateAsync(draft);
      setChanged(null);
    },
    saving: saving.isPending,
    error: saving.error,
  };
}

export type Kept = ReturnType<typeof useDraft>;
