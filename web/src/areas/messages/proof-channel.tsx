import { Link } from "@tanstack/react-router";
import { Button } from "antd";

import { useSay } from "../../i18n/text";
import { useContactNames } from "../../lib/contact/names";
import { customerPath } from "../../lib/paths";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { type Fact, Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { type Problem, type Proof } from "./api";
import { placeOf } from "./draft";
import styles from "./messages.module.css";
import { type MessageSearch } from "./search";
import { useLanguageName } from "./shared/use-language-name";
import { useWords } from "./words";

/** What one channel's words came to. */
export function ProofChannel({ proof, onGo }: { proof: Proof; onGo: (part: MessageSearch) => void }) {
  const t = useWords();
  const names = useContactNames();
  return (
    <Panel title={names.channel(proof.channel)} extra={<Badge tone={proof.holds ? "accent" : "risk"}>{proof.holds ? t("holds") : t("fails")}</Badge>}>
      <div className={styles.told}>
        <Facts facts={useFacts(proof)} />
      </div>
      {proof.problems.length > 0 && <Problems problems={proof.problems} onGo={onGo} />}
    </Panel>
  );
}

function useFacts({ written, whole, languages, borrowed, characters, segments, bytes, costly }: Proof): Fact[] {
  const t = useWords();
  const languageName = useLanguageName();
  const { number } = useFormat();
  const spread = (from: { least: number; middle: number; most: number } | null, scale = 1) =>
    from && t("spread", { least: number(from.least / scale), middle: number(from.middle / scale), most: number(from.most / scale) });
  const counted = (found: Record<string, number>) =>
    Object.entries(found)
      .map(([tag, count]) => `${languageName(tag)} ${number(count)}`)
      .join(" · ");
  const facts: [string, string | null][] = [
    [t("whole"), t("wholeOf", { whole: number(whole), written: number(written) })],
    [t("languages"), counted(languages)],
    [t("borrowedBy"), counted(borrowed)],
    [t("characters"), spread(characters)],
    [t("segments"), segments && `${spread(segments) ?? ""} · ${t("inAll", { sum: number(segments.sum) })}`],
    [t("costlyCharacters"), costly.join(" ")],
    [t("bytes"), spread(bytes, 1024)],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1])).map(([name, value]) => ({ name, value }));
}

function Problems({ problems, onGo }: { problems: Problem[]; onGo: (part: MessageSearch) => void }) {
  const t = useWords();
  const say = useSay();
  const languageName = useLanguageName();
  const { number } = useFormat();
  const where = ({ part, line }: Problem) => {
    const { language } = placeOf(part);
    return [language ? languageName(language) : "", line === null ? "" : t("line", { line })].filter(Boolean).join(" · ") || "–";
  };
  return (
    <div className={styles.problems}>
      <DataTable<Problem>
        label={t("problems")}
        rowKey={({ kind, what, part }) => `${kind} ${what} ${part}`}
        dataSource={problems}
        pageSize={20}
        columns={[
          { key: "what", title: t("problem"), className: styles.wide, render: (_, { words }) => say(words) },
          {
            key: "where",
            title: t("where"),
            render: (_, problem) => (
              <Button type="link" size="small" style={{ paddingInline: 0 }} onClick={() => onGo({ tab: undefined, channel: placeOf(problem.part).channel, language: placeOf(problem.part).language })}>
                {where(problem)}
              </Button>
            ),
          },
          { key: "count", title: t("customers"), align: "right", render: (_, { count }) => number(count) },
          {
            key: "examples",
            title: t("examples"),
            render: (_, { examples }) =>
              examples.slice(0, 3).map((id) => (
                <Link key={id} to={customerPath(id)} className={styles.example}>
                  {id}
                </Link>
              )),
          },
        ]}
      />
    </div>
  );
}
