import { App, Button } from "antd";

import { useFormat } from "../../lib/use-format";
import { useMay } from "../../lib/session";
import { useComplain } from "../../ui/use-complain";
import { type Import, useUndoImport } from "./api";
import { useWords } from "./words";

interface Props {
  told: Import;
  size?: "small" | "middle";
}

/** Take an import out again, after saying what that will do. */
export function UndoButton({ told, size = "middle" }: Props) {
  const t = useWords();
  const { number } = useFormat();
  const may = useMay("imports.write");
  const { modal, message } = App.useApp();
  const undo = useUndoImport(told.id);
  const complain = useComplain();
  if (!may) return null;
  const total = (counts: Record<string, number>) => number(Object.values(counts).reduce((sum, one) => sum + one, 0));
  const ask = () =>
    void modal.confirm({
      title: t("undoTitle", { file: told.file_name }),
      content: t("undoDetail", { inserted: number(told.counts?.inserted ?? 0), updated: number(told.counts?.updated ?? 0) }),
      okText: t("undoConfirm"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () =>
        undo.mutateAsync().then(
          ({ removed, restored }) => void message.success(t("undone", { removed: total(removed), restored: total(restored) }), 6),
          complain,
        ),
    });
  return (
    <Button size={size} onClick={ask} loading={undo.isPending}>
      {t("undo")}
    </Button>
  );
}
