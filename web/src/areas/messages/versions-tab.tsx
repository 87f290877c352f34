import { useQuery } from "@tanstack/react-query";
import { App, Button, Select } from "antd";
import { useState } from "react";

import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Field } from "../../ui/field";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { type Version, versionsQuery } from "./api";
import { Comparison } from "./comparison";
import { type Draft } from "./draft";
import styles from "./messages.module.css";
import { type Kept } from "./use-draft";
import { useWords } from "./words";

/** What was published and when, and what changed between any two of them. */
export function VersionsTab({ kept, may }: { kept: Kept; may: boolean }) {
  const t = useWords();
  const query = useQuery(versionsQuery(kept.message.id));
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Panel>
            <EmptyState title={t("noVersions")}>{t("noVersionsDetail")}</EmptyState>
          </Panel>
        ) : (
          <Compared key={items.length} versions={items} kept={kept} may={may} />
        )
      }
    </Loaded>
  );
}

const NOW = 0;

function Compared({ versions, kept, may }: { versions: Version[]; kept: Kept; may: boolean }) {
  const t = useWords();
  const { dateTime } = useFormat();
  const { message } = App.useApp();
  const newest = versions[0]?.version ?? NOW;
  const [before, setBefore] = useState(newest);
  const [after, setAfter] = useState(NOW);
  const options = [{ value: NOW, label: t("theDraft") }, ...versions.map(({ version, published_at }) => ({ value: version, label: t("versionOf", { version, at: dateTime(published_at) }) }))];
  const said = (version: number): Draft["channels"] => versions.find((one) => one.version === version)?.channels ?? kept.draft.channels;
  const restore = () => {
    kept.change({ channels: said(before) });
    void message.success(t("restored", { version: before }));
  };
  return (
    <Panel title={t("compare")} hint={t("compareHint")}>
      <div className="controls">
        <Field label={t("before")}>
          <Select aria-label={t("before")} className={styles.version} value={before} options={options} onChange={setBefore} />
        </Field>
        <Field label={t("after")}>
          <Select aria-label={t("after")} className={styles.version} value={after} options={options} onChange={setAfter} />
        </Field>
        {may && before !== NOW && <Button onClick={restore}>{t("restore", { version: before })}</Button>}
      </div>
      <Comparison before={said(before)} after={said(after)} />
    </Panel>
  );
}
