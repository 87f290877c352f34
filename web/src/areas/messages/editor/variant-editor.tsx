import { Input, Segmented } from "antd";
import { useRef, useState } from "react";

import { useSay } from "../../../i18n/text";
import { CodeArea, writeInto } from "../../../ui/code-area";
import { Field } from "../../../ui/field";
import { type Fault, type Variant } from "../api";
import { marksOf, type Part } from "../draft";
import styles from "../messages.module.css";
import { useWords } from "../words";
import { InsertMenu } from "./insert-menu";

interface Props {
  channel: string;
  /** Such as `email.zh-CN`: what the names of its parts begin with. */
  place: string;
  variant: Variant;
  faults: readonly Fault[];
  may: boolean;
  onChange: (part: Partial<Variant>) => void;
}

type Form = "mjml" | "html" | "text";
const TITLED = new Set(["email", "in_app", "push"]);

/** The words of one channel in one language. What is inserted goes where the cursor was last. */
export function VariantEditor({ channel, place, variant, faults, may, onChange }: Props) {
  const t = useWords();
  const mail = channel === "email";
  const [form, setForm] = useState<Form>(() => formOf(channel, variant));
  const last = useRef<HTMLTextAreaElement | HTMLInputElement | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const insert = (text: string) => {
    const target = last.current?.isConnected ? last.current : root.current?.querySelector("textarea");
    if (target) writeInto(target, text);
  };
  const noticed = (target: Node) => {
    if (!root.current?.contains(target)) return; // the menu's own search box hangs elsewhere on the page
    if (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text")) last.current = target;
  };
  const shared = { place, variant, faults, may, onChange };
  return (
    <div ref={root} className={styles.words} onFocusCapture={({ target }) => noticed(target)}>
      {TITLED.has(channel) && <Line part="subject" label={t(mail ? "part_subject" : "part_title")} {...shared} />}
      {mail && <Line part="preheader" label={t("part_preheader")} {...shared} />}
      <div className={styles.bodyHead}>
        {mail ? (
          <Segmented<Form> aria-label={t("form")} value={form} options={(["mjml", "html", "text"] as const).map((one) => ({ value: one, label: t(`form_${one}`) }))} onChange={setForm} />
        ) : (
          <span className={styles.label}>{t("part_text")}</span>
        )}
        {may && <InsertMenu mail={mail && form !== "text"} mjml={mail && form === "mjml"} onInsert={insert} />}
      </div>
      <Body part={form} rows={mail ? 16 : 6} {...shared} />
      <Hint channel={channel} form={form} variant={variant} />
    </div>
  );
}

/** What the writer of these words should know of how they arrive. */
function Hint({ channel, form, variant }: Pick<Props, "channel" | "variant"> & { form: Form }) {
  const t = useWords();
  if (channel === "in_app") return <p className={styles.small}>{t("siteHint")}</p>;
  if (channel !== "email" || form !== "text") return null;
  return <p className={styles.small}>{t(variant.mjml || variant.html ? "textHint" : "textOnlyHint")}</p>;
}

function formOf(channel: string, variant: Variant): Form {
  if (channel !== "email" || (variant.text && !variant.mjml && !variant.html)) return "text";
  return variant.html && !variant.mjml ? "html" : "mjml";
}

type PartProps<P extends Part> = Omit<Props, "channel"> & { part: P; rows?: number };

function Line({ part, label, place, variant, faults, may, onChange }: PartProps<"subject" | "preheader"> & { label: string }) {
  const t = useWords();
  const say = useSay();
  const wrong = faults.find((fault) => fault.part === `${place}.${part}`);
  return (
    <Field label={label}>
      <Input
        aria-label={label}
        aria-invalid={wrong !== undefined}
        status={wrong ? "error" : undefined}
        placeholder={part === "preheader" ? t("preheaderHint") : undefined}
        disabled={!may}
        maxLength={500}
        value={variant[part]}
        onChange={({ target }) => onChange({ [part]: target.value })}
      />
      {wrong && <span className={styles.wrong}>{say(wrong.words)}</span>}
    </Field>
  );
}

function Body({ part, place, variant, faults, may, onChange, rows }: PartProps<Form>) {
  const t = useWords();
  const say = useSay();
  const name = `${place}.${part}`;
  return (
    <CodeArea
      label={t(`form_${part}`)}
      rows={rows}
      disabled={!may}
      invalid={faults.some((fault) => fault.part === name)}
      marks={marksOf(faults, name, say)}
      describedBy="faults"
      value={variant[part]}
      onChange={(text) => onChange({ [part]: text })}
    />
  );
}
