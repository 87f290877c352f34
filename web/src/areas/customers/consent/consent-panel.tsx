import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { useMay } from "../../../lib/session";
import { Loaded } from "../../../ui/loaded";
import { Panel } from "../../../ui/panel";
import { AddWord } from "./add-word";
import { ledgerQuery, preferenceLinkQuery } from "./api";
import styles from "./consent.module.css";
import { WhyButton } from "./why-button";
import { WordList } from "./word-list";
import { useWords } from "./words";

/** What a customer agreed to, how that is known, and what follows for messages. */
export function ConsentPanel({ id }: { id: string }) {
  const t = useWords();
  const mayWrite = useMay("customers.write");
  const mayAsk = useMay("messages.read");
  const [adding, setAdding] = useState(false);
  const query = useQuery(ledgerQuery(id));
  const link = useQuery(preferenceLinkQuery(id)).data?.path;
  return (
    <Panel title={t("title")} hint={t("hint")}>
      <div className={styles.actions}>
        {mayAsk && <WhyButton id={id} />}
        {mayWrite && (
          <Button size="small" onClick={() => setAdding(true)}>
            {t("add")}
          </Button>
        )}
        {link && (
          <a href={link} target="_blank" rel="noreferrer">
            {t("centre")} <span className="visually-hidden">({t("newTab")})</span>
            <span aria-hidden="true">↗</span>
          </a>
        )}
      </div>
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <p className="quiet">{t("none")}</p> : <WordList entries={items} />)}
      </Loaded>
      {adding && <AddWord id={id} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
