import { Badge } from "../../ui/badge";
import { type ModelSummary } from "./api";
import { useWords } from "./words";

/** Where a version stands: it scores, it is kept in reserve, or it was withdrawn; and whether it passed every gate. */
export function ModelState({ model }: { model: ModelSummary }) {
  const t = useWords();
  return (
    <>
      {model.in_use ? <Badge tone="accent">{t("inUse")}</Badge> : <Badge>{t(`state_${model.state}`)}</Badge>}{" "}
      {!model.gates_passed && <Badge tone="warn">{t("gateMissed")}</Badge>} {model.signed_off && <Badge>{t("signedOff")}</Badge>}
    </>
  );
}
