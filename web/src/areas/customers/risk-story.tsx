import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { useSay } from "../../i18n/text";
import { modelPath } from "../../lib/paths";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Profile, type Risk, riskQuery } from "./api";
import { RiskChange } from "./risk-change";
import { RiskCourse } from "./risk-course";
import { RiskLowering } from "./risk-lowering";
import { RiskPicture } from "./risk-picture";
import styles from "./risk-story.module.css";
import { useWords } from "./words";

/** Where the risk comes from, how it went, what moved it, and what goes with a lower one. */
export function RiskStory({ profile }: { profile: Profile }) {
  const t = useWords();
  const query = useQuery(riskQuery(profile.id));
  return (
    <Panel title={t("story")} hint={t("association")}>
      <Loaded query={query} skeleton={<Placeholder height={520} />}>
        {(risk) =>
          risk.history.length === 0 ? (
            <p className="quiet">{t("notScored")}</p>
          ) : (
            <>
              <div className={styles.story}>
                <RiskPicture risk={risk} />
                <div className={styles.beside}>
                  <RiskCourse history={risk.history} />
                  <RiskChange change={risk.change} />
                  <RiskLowering id={profile.id} />
                </div>
              </div>
              <Source risk={risk} snapshot={profile.model?.snapshot} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

/** Which model said so, in which version, from what state of the data. */
function Source({ risk, snapshot }: { risk: Risk; snapshot: number | null | undefined }) {
  const t = useWords();
  const say = useSay();
  const { dateTime } = useFormat();
  const may = useMay("predictions.read");
  const newest = risk.history.at(-1);
  if (!newest) return null;
  const named = newest.model === newest.version ? say(newest.model_label) : t("modelNamed", { model: say(newest.model_label), version: newest.version });
  return (
    <p className={styles.source}>
      {t("scoredBy")} {may && newest.model !== newest.version ? <Link to={modelPath(newest.version)}>{named}</Link> : named} · {t("asOf")} {dateTime(newest.as_of)}
      {snapshot != null && ` · ${t("snapshot")} ${snapshot}`}
    </p>
  );
}
