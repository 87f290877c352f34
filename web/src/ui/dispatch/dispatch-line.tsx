import { App, Button, Progress } from "antd";
import { type ReactNode } from "react";

import { type Text, useSay } from "../../i18n/text";
import { Badge, type Tone } from "../badge";
import { useComplain } from "../use-complain";
import styles from "./dispatch.module.css";
import { useWords } from "./words";

export interface Told {
  state: string;
  state_label: Text;
  customers: number | null;
  handled: number;
  queued: number;
  trouble: { message: Text; remedy: Text | null } | null;
}

interface Props {
  told: Told;
  /** How numbers are written. */
  number: (value: number) => string;
  /** What it is, to whom, since when: said beside its state. */
  about: ReactNode;
  /** How many of its sends are in which state. */
  sends: readonly { state: string; label: Text; count: number }[] | undefined;
  /** How to stop it; null for whoever may not, and when it is over. */
  onStop: (() => Promise<unknown>) | null;
}

const TONES: Record<string, Tone> = { asked: "accent", queueing: "accent", done: "plain", cancelled: "warn", failed: "risk" };

/** How far the queueing of one asking is, what went wrong with it, how it ended, and what became of its sends. */
export function DispatchLine({ told, number, about, sends, onStop }: Props) {
  const say = useSay();
  const step = useStep(told, number);
  const going = told.state === "asked" || told.state === "queueing";
  return (
    <li className={styles.one}>
      <div className={styles.head}>
        <span className={styles.said}>
          <Badge tone={TONES[told.state] ?? "plain"}>{say(told.state_label)}</Badge>
          <span className="numbers" aria-live="polite">
            {step}
          </span>
        </span>
        {onStop && <Stop onStop={onStop} />}
      </div>
      {going && <Progress percent={Math.floor((100 * told.handled) / Math.max(1, told.customers ?? 0))} showInfo={false} size="small" aria-label={step} />}
      {told.trouble && <Trouble told={told.trouble} going={going} />}
      {sends && sends.length > 0 && (
        <ul className={`${styles.states} numbers`}>
          {sends.map(({ state, label, count }) => (
            <li key={state}>
              {say(label)} <b>{number(count)}</b>
            </li>
          ))}
        </ul>
      )}
      <span className={styles.small}>{about}</span>
    </li>
  );
}

function useStep({ state, customers, handled, queued }: Told, number: Props["number"]): string {
  const t = useWords();
  const part = { done: number(handled), all: number(customers ?? 0) };
  if (state === "asked") return t("asked");
  if (state === "queueing") return t("queueing", part);
  if (state === "cancelled") return t("cancelled", part);
  if (state === "failed") return t("failed", part);
  if (customers === 0) return t("nobody");
  const before = handled - queued;
  return [t("done", { count: number(queued) }), before > 0 && t("before", { count: number(before) })].filter(Boolean).join(" · ");
}

function Trouble({ told: { message, remedy }, going }: { told: NonNullable<Told["trouble"]>; going: boolean }) {
  const t = useWords();
  const say = useSay();
  return (
    <span role="alert" className={styles.trouble}>
      {say(message)} {going ? t("tryingAgain") : remedy && say(remedy)}
    </span>
  );
}

function Stop({ onStop }: { onStop: () => Promise<unknown> }) {
  const t = useWords();
  const { modal } = App.useApp();
  const complain = useComplain();
  const ask = () =>
    void modal.confirm({
      title: t("stopTitle"),
      content: t("stopDetail"),
      okText: t("stop"),
      okButtonProps: { danger: true },
      cancelText: t("goOn"),
      onOk: () => onStop().catch(complain),
    });
  return (
    <Button size="small" danger onClick={ask}>
      {t("stop")}
    </Button>
  );
}
