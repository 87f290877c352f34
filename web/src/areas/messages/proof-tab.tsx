import { Button, Checkbox, Segmented } from "antd";
import { useState } from "react";

import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { ProblemNote } from "../../ui/problem-note";
import { useProof } from "./api";
import styles from "./messages.module.css";
import { ProofChannel } from "./proof-channel";
import { type MessageSearch } from "./search";
import { type Kept } from "./use-draft";
import { useWords } from "./words";

const SIZES = [50, 200, 1000] as const;

/** The draft written for real customers before anybody gets it: what is missing, broken, long or dear. */
export function ProofTab({ kept, onGo }: { kept: Kept; onGo: (part: MessageSearch) => void }) {
  const t = useWords();
  const { number } = useFormat();
  const [sample, setSample] = useState<number>(200);
  const [links, setLinks] = useState(false);
  const proving = useProof(kept.message.id);
  const prove = () => void kept.save().then(() => proving.mutate({ customer_ids: [], sample, seed: 1, given: {}, check_links: links }), () => undefined);
  return (
    <div className="stack">
      <Panel title={t("proof")} hint={t("proofHint")}>
        <div className="controls">
          <Field label={t("profiles")}>
            <Segmented aria-label={t("profiles")} value={sample} options={SIZES.map((one) => ({ value: one, label: number(one) }))} onChange={setSample} />
          </Field>
          <Checkbox className={styles.tick} checked={links} onChange={({ target }) => setLinks(target.checked)}>
            {t("askLinks")}
          </Checkbox>
          <Button loading={proving.isPending} onClick={prove}>
            {t("prove")}
          </Button>
        </div>
      </Panel>
      {proving.error && <ProblemNote error={proving.error} />}
      {proving.isPending && <Placeholder height={260} />}
      {proving.data?.channels.length === 0 && <EmptyState title={t("silent")}>{t("silentDetail")}</EmptyState>}
      {!proving.isPending && proving.data?.channels.map((channel) => <ProofChannel key={channel.channel} proof={channel} onGo={onGo} />)}
    </div>
  );
}
