import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select } from "antd";

import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { ChannelSelect } from "./channel-select";
import styles from "./contact-rules.module.css";
import { type Cap, inWindow, windowOf, WINDOWS } from "./rules";
import { type Draft } from "./use-draft";
import { useWords } from "./words";

/** How often a customer may be written to. */
export function CapsPanel({ draft, may }: { draft: Draft; may: boolean }) {
  const t = useWords();
  const { caps } = draft.rules;
  const put = (at: number, cap: Cap) => draft.change({ caps: caps.map((one, place) => (place === at ? cap : one)) });
  return (
    <Panel title={t("caps")} hint={t("capsHint")}>
      {caps.length === 0 && <p className="quiet">{t("noCaps")}</p>}
      <ul className={styles.lines}>
        {caps.map((cap, at) => (
          <li key={at} className={styles.line}>
            <div className={`${styles.fields} ${styles.named}`}>
              <OneCap cap={cap} may={may} onChange={(next) => put(at, next)} />
            </div>
            {may && <Button type="text" icon={<DeleteOutlined />} aria-label={t("remove", { name: cap.name })} onClick={() => draft.change({ caps: caps.filter((_, place) => place !== at) })} />}
          </li>
        ))}
      </ul>
      {may && <Button onClick={() => draft.change({ caps: [...caps, { name: "", limit: 1, hours: 24, period: null }] })}>{t("addCap")}</Button>}
    </Panel>
  );
}

interface CapProps {
  cap: Cap;
  may: boolean;
  onChange: (cap: Cap) => void;
}

function OneCap({ cap, may, onChange }: CapProps) {
  const t = useWords();
  const window = windowOf(cap);
  const words = (name: "category" | "tag") => (
    <Field label={t(name)}>
      <Input aria-label={t(name)} style={{ width: 86 }} maxLength={60} placeholder={t("anything")} disabled={!may} value={cap[name] ?? ""} onChange={({ target }) => onChange({ ...cap, [name]: target.value || null })} />
    </Field>
  );
  return (
    <>
      <Field label={t("name")}>
        <Input aria-label={t("name")} maxLength={60} disabled={!may} status={cap.name.trim() ? undefined : "error"} value={cap.name} onChange={({ target }) => onChange({ ...cap, name: target.value })} />
      </Field>
      <Field label={t("limit")}>
        <InputNumber aria-label={t("limit")} style={{ width: 68 }} min={0} max={1000} precision={0} changeOnWheel={false} disabled={!may} value={cap.limit} onChange={(limit) => onChange({ ...cap, limit: limit ?? 0 })} />
      </Field>
      <Field label={t("window")}>
        <Select aria-label={t("window")} style={{ width: 158 }} disabled={!may} value={window} options={WINDOWS.map((one) => ({ value: one, label: t(`window_${one}`) }))} onChange={(next) => onChange(inWindow(cap, next))} />
      </Field>
      {window === "hours" && (
        <Field label={t("hoursCount")}>
          <InputNumber aria-label={t("hoursCount")} style={{ width: 68 }} min={1} max={24 * 62} changeOnWheel={false} disabled={!may} value={cap.hours} onChange={(hours) => onChange({ ...cap, hours: hours ?? 24 })} />
        </Field>
      )}
      <ChannelSelect value={cap.channel ?? null} may={may} onChange={(channel) => onChange({ ...cap, channel })} />
      {words("category")}
      {words("tag")}
    </>
  );
}
