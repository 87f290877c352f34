import { App, Button, ColorPicker, Input } from "antd";

import { useMay } from "../../lib/session";
import { Field } from "../../ui/field";
import { ProblemNote } from "../../ui/problem-note";
import { type Brand, useSaveLook } from "./api";
import styles from "./lists.module.css";
import { useWords } from "./words";

const LINES = ["name", "logo_url", "site_url", "postal_address"] as const;
const COLOURS = ["colour", "text_colour"] as const;

interface Props {
  held: Brand;
  look: Brand;
  onChange: (look: Brand) => void;
}

/** The part of the brand that public pages wear; what is typed is seen at once and kept when one says so. */
export function LookForm({ held, look, onChange }: Props) {
  const t = useWords();
  const { message } = App.useApp();
  const may = useMay("messages.manage");
  const saving = useSaveLook();
  const changed = JSON.stringify(held) !== JSON.stringify(look);
  if (!may) return null;
  return (
    <div className={styles.look}>
      {COLOURS.map((name) => (
        <Field key={name} label={t(`look_${name}`)}>
          <ColorPicker disabledAlpha showText value={look[name]} onChange={(colour) => onChange({ ...look, [name]: colour.toHexString().slice(0, 7) })} />
        </Field>
      ))}
      {LINES.map((name) => (
        <Field key={name} label={t(`look_${name}`)}>
          <Input aria-label={t(`look_${name}`)} value={look[name]} onChange={({ target }) => onChange({ ...look, [name]: target.value })} />
        </Field>
      ))}
      {changed && (
        <div className={styles.keep}>
          <Button type="primary" loading={saving.isPending} onClick={() => saving.mutate(look, { onSuccess: () => void message.success(t("saved")) })}>
            {t("keepLook")}
          </Button>
          <Button onClick={() => onChange(held)}>{t("asBefore")}</Button>
        </div>
      )}
      {saving.error && <ProblemNote error={saving.error} />}
    </div>
  );
}
