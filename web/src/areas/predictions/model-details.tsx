import { Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { modelPath } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { Notes } from "../../ui/notes";
import { Panel } from "../../ui/panel";
import { type Predictions } from "./api";
import styles from "./predictions.module.css";
import { useWords } from "./words";

/** Names, versions and raw figures, for whoever wants to check. */
export function ModelDetails({ predictions: { model, test, value_model: value } }: { predictions: Predictions }) {
  const t = useWords();
  const say = useSay();
  const { number, fixed, dateTime } = useFormat();
  const params = Object.entries(value.params).map(([name, at]) => `${name} = ${number(at, 4)}`);
  return (
    <Panel title={t("details")}>
      <dl className={`${styles.facts} numbers`}>
        <Fact name={t("model")}>
          {say(model.label)} {model.champion && <Link to={modelPath(model.version)}>{model.version}</Link>} {model.champion && <Badge tone="accent">{t("champion")}</Badge>}
        </Fact>
        <Fact name={t("trained")}>{dateTime(model.trained_at)}</Fact>
        {model.snapshot != null && <Fact name={t("snapshot")}>{model.snapshot}</Fact>}
        {test && (
          <>
            <Fact name={t("auc")}>{fixed(test.auc, 3)}</Fact>
            <Fact name={t("logLoss")}>{fixed(test.log_loss, 3)}</Fact>
            <Fact name={t("ece")}>{fixed(test.ece, 3)}</Fact>
          </>
        )}
        {params.length > 0 && <Fact name={t("valueParams")}>{params.join(", ")}</Fact>}
        {value.log_likelihood != null && <Fact name={t("likelihood")}>{number(value.log_likelihood, 2)}</Fact>}
      </dl>
      <Notes notes={[...model.notes, ...value.notes].map(say)} />
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
