import { useSay } from "../../i18n/text";
import { type Fall, WaterfallChart } from "../../charts/waterfall-chart";
import { useFormat } from "../../lib/use-format";
import { type Risk } from "./api";
import { makeup } from "./risk-makeup";
import styles from "./risk-story.module.css";
import { usePoints } from "./use-points";
import { useShare } from "./use-share";
import { useWords } from "./words";

const MOST = 8; // stories with a bar of their own

/** From the average customer's risk to this one's: every bar begins where the one above ended. */
export function RiskPicture({ risk }: { risk: Risk }) {
  const t = useWords();
  const say = useSay();
  const share = useShare();
  const points = usePoints();
  const { number } = useFormat();
  const newest = risk.history.at(-1);
  if (risk.base === null || !newest || risk.contributions.length === 0) return <p className="quiet">{t("noMakeup")}</p>;
  const label = new Map(risk.contributions.map((one) => [one.factor, say(one.label)]));
  const words = new Map(risk.reasons.map((one) => [one.factor, say(one.text)]));
  const shares = makeup(risk.base, risk.contributions, MOST);
  const average = shares[0]?.from ?? 0;
  const steps: Fall[] = [
    { name: t("averageHere"), from: 0, to: average, text: share(average), level: true },
    ...shares.map(({ factor, from, to }) => ({
      name: factor === null ? t("restOfStories", { count: number(risk.contributions.length - MOST) }) : (label.get(factor) ?? factor),
      note: factor === null ? undefined : words.get(factor),
      from,
      to,
      text: points(to - from),
    })),
    { name: t("thisCustomer"), from: 0, to: newest.risk, text: share(newest.risk), level: true },
  ];
  return (
    <div>
      <h3 className={styles.title}>{t("makeup")}</h3>
      <WaterfallChart label={t("makeup")} steps={steps} />
    </div>
  );
}
