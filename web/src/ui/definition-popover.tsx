import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";

import styles from "./definition-popover.module.css";
import { useWords } from "./words";

export interface Definition {
  label: string;
  meaning: string;
  formula?: string;
  /** How the interval beside the number was made. */
  interval?: string;
  /** When a customer counts as lost, and who said so. */
  churn?: string;
  source?: string;
}

/** The definition of a number, one click away from it. */
export function DefinitionPopover({ definition }: { definition: Definition }) {
  const t = useWords();
  const title = t("definition", { label: definition.label });
  return (
    <Popover trigger="click" title={definition.label} content={<DefinitionList definition={definition} />}>
      <Button type="text" size="small" shape="circle" icon={<QuestionCircleOutlined />} aria-label={title} className={styles.ask} />
    </Popover>
  );
}

export function DefinitionList({ definition }: { definition: Definition }) {
  const t = useWords();
  return (
    <dl className={styles.list}>
      <dt>{t("meaning")}</dt>
      <dd>{definition.meaning}</dd>
      {definition.formula && (
        <>
          <dt>{t("formula")}</dt>
          <dd>
            <code className={styles.formula}>{definition.formula}</code>
          </dd>
        </>
      )}
      {definition.churn && (
        <>
          <dt>{t("churn")}</dt>
          <dd>{definition.churn}</dd>
        </>
      )}
      {definition.interval && (
        <>
          <dt>{t("intervalMeaning")}</dt>
          <dd>{definition.interval}</dd>
        </>
      )}
      {definition.source && (
        <>
          <dt>{t("source")}</dt>
          <dd>{definition.source}</dd>
        </>
      )}
    </dl>
  );
}
