import { DeleteOutlined } from "@ant-design/icons";
import { Button, Checkbox, Select, TimePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";

import { CHANNELS, useContactNames } from "../../lib/contact/names";
import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import styles from "./contact-rules.module.css";
import { type Hours } from "./rules";
import { type Draft } from "./use-draft";
import { useWords } from "./words";

const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;
const DAY: Hours = { opens: "08:00:00", closes: "21:00:00", weekdays: [...WEEK], holidays: false };

interface Props {
  draft: Draft;
  may: boolean;
}

/** When each channel may speak. */
export function HoursPanel({ draft, may }: Props) {
  const t = useWords();
  const names = useContactNames();
  const { hours } = draft.rules;
  const free = CHANNELS.filter((channel) => !(channel in hours));
  const put = (channel: string, rule: Hours) => draft.change({ hours: { ...hours, [channel]: rule } });
  const drop = (channel: string) => draft.change({ hours: Object.fromEntries(Object.entries(hours).filter(([name]) => name !== channel)) });
  return (
    <Panel title={t("hours")} hint={t("hoursHint")}>
      <ul className={styles.lines}>
        {inOrder(hours).map(([channel, rule]) => (
          <li key={channel} className={styles.line}>
            <div className={styles.fields}>
              <span className={styles.channel}>{names.channel(channel)}</span>
              <OneRule channel={names.channel(channel)} rule={rule} may={may} onChange={(next) => put(channel, next)} />
            </div>
            {may && <Button type="text" icon={<DeleteOutlined />} aria-label={t("remove", { name: names.channel(channel) })} onClick={() => drop(channel)} />}
          </li>
        ))}
      </ul>
      {may && free.length > 0 && (
        <Select
          aria-label={t("addChannel")}
          placeholder={t("addChannel")}
          style={{ width: 230 }}
          value={null}
          options={free.map((channel) => ({ value: channel, label: names.channel(channel) }))}
          onChange={(channel: string | null) => channel && put(channel, DAY)}
        />
      )}
    </Panel>
  );
}

/** The usual channels first, so that no line jumps when the rules come back from the store. */
function inOrder(hours: Record<string, Hours>): [string, Hours][] {
  const known = CHANNELS.flatMap((channel): [string, Hours][] => (hours[channel] ? [[channel, hours[channel]]] : []));
  return [...known, ...Object.entries(hours).filter(([name]) => !CHANNELS.some((channel) => channel === name))];
}

interface RuleProps {
  channel: string;
  rule: Hours;
  may: boolean;
  onChange: (rule: Hours) => void;
}

function OneRule({ channel, rule, may, onChange }: RuleProps) {
  const t = useWords();
  const time = (side: "opens" | "closes") => (
    <Field label={t(side)}>
      <TimePicker
        aria-label={`${channel}: ${t(side)}`}
        style={{ width: 100 }}
        format="HH:mm"
        minuteStep={15}
        needConfirm={false}
        allowClear={false}
        disabled={!may}
        status={rule.opens < rule.closes ? undefined : "error"}
        value={dayjs(`2000-01-01T${rule[side]}`)}
        onChange={(at: Dayjs | null) => at && onChange({ ...rule, [side]: at.format("HH:mm:00") })}
      />
    </Field>
  );
  return (
    <>
      {time("opens")}
      {time("closes")}
      <Field label={t("weekdays")}>
        <Checkbox.Group
          className={styles.ticks}
          disabled={!may}
          value={rule.weekdays ?? [...WEEK]}
          options={WEEK.map((day) => ({ value: day, label: t(`day_${day}`) }))}
          onChange={(weekdays) => onChange({ ...rule, weekdays: [...weekdays].sort((one, other) => one - other) })}
        />
      </Field>
      <Checkbox className={styles.ticks} disabled={!may} checked={rule.holidays} onChange={({ target }) => onChange({ ...rule, holidays: target.checked })}>
        {t("holidays")}
      </Checkbox>
    </>
  );
}
