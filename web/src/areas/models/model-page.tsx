import { LeftOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type ModelPage as Page, modelQuery } from "./api";
import { BackTest } from "./back-test";
import { Calibration } from "./calibration";
import { CardPanel } from "./card-panel";
import { DecisionList } from "./decision-list";
import { DriftPanel } from "./drift-panel";
import { Drivers } from "./drivers";
import { Gain } from "./gain";
import { GatesPanel } from "./gates-panel";
import { Ladder } from "./ladder";
import { LeakPanel } from "./leak-panel";
import { ModelActions } from "./model-actions";
import { ModelState } from "./model-state";
import styles from "./models.module.css";
import { useWords } from "./words";

const route = getRouteApi("/desk/models/$version");

/** One version of the churn model: may it be trusted, where from, since when, and is it still right? */
export function ModelPage() {
  const t = useWords();
  const { version } = route.useParams();
  const query = useQuery(modelQuery(version));
  return (
    <div className="stack">
      <p>
        <Link to="/models" className={styles.back}>
          <LeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      <Loaded query={query} skeleton={<Placeholder height={900} />}>
        {(model) => <Whole model={model} />}
      </Loaded>
    </div>
  );
}

function Whole({ model }: { model: Page }) {
  const t = useWords();
  const say = useSay();
  const { dateTime } = useFormat();
  const lead = (
    <>
      {model.version} · {t("taught", { date: dateTime(model.trained_at) })} <ModelState model={model} />
    </>
  );
  return (
    <div className="stack">
      <PageHeader title={model.label ? say(model.label) : model.name} lead={lead} actions={<ModelActions model={model} />} />
      <div className="halves">
        <GatesPanel gates={model.gates} />
        <CardPanel model={model} />
      </div>
      {model.ladder.length > 0 && <Ladder rungs={model.ladder} />}
      {model.exam && (
        <div className="halves">
          <Calibration test={model.exam} />
          <Gain test={model.exam} />
        </div>
      )}
      {model.drivers.length > 0 && <Drivers drivers={model.drivers} />}
      {model.back_test.length > 0 && <BackTest points={model.back_test} judgements={model.judgements} next={model.next_judgement_at} />}
      <div className="halves">
        <DriftPanel drift={model.drift} />
        <LeakPanel audit={model.leak_audit} signOff={model.sign_off} />
      </div>
      <Panel title={t("decisions")}>
        <DecisionList decisions={model.decisions} />
      </Panel>
    </div>
  );
}
