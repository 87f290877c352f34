import { useSay } from "../../i18n/text";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { type Import, type ImportPreview } from "./api";
import { BadRowsButton } from "./bad-rows-button";
import { Counts } from "./counts";
import { PreviewRows } from "./preview-rows";
import { ProblemTable } from "./problem-table";
import { useWords } from "./words";

/** What the import would do, found by doing everything but the writing. */
export function Preview({ told, preview }: { told: Import; preview: ImportPreview }) {
  const t = useWords();
  const say = useSay();
  const { counts, problems, notes, rows } = preview;
  return (
    <>
      <Panel title={t("wouldDo")} hint={t("wouldDoHint")}>
        <Counts counts={counts} />
        <Notes notes={notes.map(say)} />
      </Panel>
      {problems.length > 0 && (
        <Panel title={t("problems")} hint={t("problemsHint", { count: problems.length })} extra={<BadRowsButton id={told.id} />} flush>
          <ProblemTable problems={problems} />
        </Panel>
      )}
      <Panel title={t("firstRows")} hint={t("firstRowsHint")} flush>
        <PreviewRows told={told} rows={rows} />
      </Panel>
    </>
  );
}
