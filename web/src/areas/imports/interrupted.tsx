import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";

import { useSay } from "../../i18n/text";
import { Panel } from "../../ui/panel";
import { useComplain } from "../../ui/use-complain";
import { type Import, useRunImport } from "./api";
import { choiceOf, toRequest } from "./request";
import { useWords } from "./words";

/** The work was cut off: it goes on as it was begun, so there is nothing to choose again. */
export function Interrupted({ told, may }: { told: Import; may: boolean }) {
  const t = useWords();
  const say = useSay();
  const run = useRunImport(told.id);
  const queries = useQueryClient();
  const complain = useComplain();
  const goOn = () => run.mutate(toRequest(choiceOf(told)), { onSuccess: () => void queries.invalidateQueries(), onError: complain });
  return (
    <Panel title={t("interrupted")}>
      {told.error && <p>{say(told.error.message)}</p>}
      <p className="quiet">{t("interruptedDetail")}</p>
      {may && (
        <Button type="primary" loading={run.isPending} onClick={goOn}>
          {t("goOn")}
        </Button>
      )}
    </Panel>
  );
}
