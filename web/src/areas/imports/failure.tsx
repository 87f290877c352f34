import { useSay } from "../../i18n/text";
import { Panel } from "../../ui/panel";
import { type Import } from "./api";
import { useWords } from "./words";

/** Why the last attempt went wrong and what helps; below it the file waits to be tried again. */
export function Failure({ error }: { error: NonNullable<Import["error"]> }) {
  const t = useWords();
  const say = useSay();
  return (
    <Panel title={t("failed")}>
      <p>{say(error.message)}</p>
      {error.remedy && <p className="quiet">{say(error.remedy)}</p>}
    </Panel>
  );
}
