import { PageHeader } from "../../ui/page-header";
import { useMay } from "../../lib/session";
import { DropZone } from "./drop-zone";
import { ImportList } from "./import-list";
import { useWords } from "./words";

/** Bring data in, and see what came in before. */
export function ImportsPage() {
  const t = useWords();
  const may = useMay("imports.write");
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      {may && <DropZone />}
      <ImportList />
    </div>
  );
}
