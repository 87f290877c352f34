import { CheckCircleOutlined, CloseCircleOutlined, CopyOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { Loaded } from "../../ui/loaded";
import { Placeholder } from "../../ui/placeholder";
import { type Finding, preflightQuery } from "./api";
import styles from "./channels.module.css";
import { useWords } from "./words";

/** Whether mail of the sender's domain will be trusted, and what to put into the DNS. */
export function PreflightPart() {
  const t = useWords();
  const [wanted, setWanted] = useState(false);
  const query = useQuery(preflightQuery(wanted));
  return (
    <div className={styles.preflight}>
      <div className={styles.preflightHead}>
        <h3>{t("preflight")}</h3>
        <Button size="small" loading={query.isFetching} onClick={() => (wanted ? void query.refetch() : setWanted(true))}>
          {wanted ? t("lookAgain") : t("look")}
        </Button>
      </div>
      <p className="quiet">{t("preflightHint")}</p>
      {wanted && (
        <Loaded query={query} skeleton={<Placeholder height={200} />}>
          {({ findings, ready }) => (
            <>
              <p className={ready ? styles.ready : styles.stopped}>{ready ? t("ready") : t("notReady")}</p>
              <ul className={styles.findings}>
                {findings.map((finding) => (
                  <One key={finding.name} finding={finding} />
                ))}
              </ul>
            </>
          )}
        </Loaded>
      )}
    </div>
  );
}

function One({ finding: { name, ok, blocks, found, remedy, record } }: { finding: Finding }) {
  const t = useWords();
  const say = useSay();
  const Icon = ok ? CheckCircleOutlined : blocks ? CloseCircleOutlined : QuestionCircleOutlined;
  return (
    <li className={styles.finding}>
      <span className={ok ? styles.good : blocks ? styles.bad : "quiet"}>
        <Icon aria-label={ok ? t("fine") : t("notFine")} />
      </span>
      <div>
        <b>{name}</b> <span className={styles.found}>{say(found)}</span>
        {remedy && !record && <p className="quiet">{say(remedy)}</p>}
        {record && (
          <dl className={styles.record}>
            <Copied name={t("host")} value={record.host} />
            <Copied name={t("recordKind")} value={record.kind} plain />
            <Copied name={t("recordValue")} value={record.value} />
          </dl>
        )}
      </div>
    </li>
  );
}

function Copied({ name, value, plain }: { name: string; value: string; plain?: boolean }) {
  const t = useWords();
  const { message } = App.useApp();
  const copy = () =>
    void navigator.clipboard.writeText(value).then(
      () => message.success(t("copied")),
      () => message.info(t("copyYourself")),
    );
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code> {!plain && <Button size="small" type="text" icon={<CopyOutlined />} aria-label={t("copy", { name })} onClick={copy} />}
      </dd>
    </>
  );
}
