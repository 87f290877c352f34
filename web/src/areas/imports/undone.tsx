import { Link } from "@tanstack/react-router";

import { EmptyState } from "../../ui/empty-state";
import { Panel } from "../../ui/panel";
import { useWords } from "./words";

export function Undone({ may }: { may: boolean }) {
  const t = useWords();
  return (
    <Panel>
      <EmptyState title={t("undoneTitle")} action={may && <Link to="/imports">{t("another")}</Link>}>
        {t("undoneDetail")}
      </EmptyState>
    </Panel>
  );
}
