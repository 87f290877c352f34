import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { Notes } from "../../ui/notes";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { callListQuery } from "./api";
import { CallCard } from "./call-card";
import styles from "./calls.module.css";
import { ExportButton } from "./export-button";
import { useWords } from "./words";

/** The work of the day: whom to call, why, and what to say. */
export function CallsPage() {
  const t = useWords();
  const say = useSay();
  const query = useInfiniteQuery(callListQuery);
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} actions={<ExportButton />} />
      <Loaded query={query} skeleton={<Placeholder height={640} />}>
        {({ pages }) => {
          const calls = pages.flatMap(({ items }) => items);
          if (calls.length === 0) return <Nobody />;
          return (
            <div className="stack">
              <Notes notes={[pages[0]?.risk, ...(pages[0]?.notes ?? [])].flatMap((note) => (note ? [say(note)] : []))} />
              <Exclusion {...(pages[0]?.excluded ?? { no_consent: 0, no_contact: 0 })} />
              <ol className={styles.list}>
                {calls.map((call) => (
                  <CallCard key={call.customer.id} call={call} />
                ))}
              </ol>
              {query.hasNextPage && (
                <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} className={styles.more}>
                  {t("more")}
                </Button>
              )}
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

function Nobody() {
  const t = useWords();
  return (
    <Panel>
      <EmptyState title={t("emptyTitle")}>{t("emptyDetail")}</EmptyState>
    </Panel>
  );
}

function Exclusion({ no_consent, no_contact }: { no_consent: number; no_contact: number }) {
  const t = useWords();
  const { number } = useFormat();
  if (no_consent + no_contact === 0) return null;
  return <p className="quiet">{t("exclusion", { noConsent: number(no_consent), noContact: number(no_contact) })}</p>;
}
