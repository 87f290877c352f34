import { useQuery } from "@tanstack/react-query";
import { App, Button, ColorPicker, Input, Popover, Select } from "antd";
import { useState } from "react";

import { useFieldError } from "../../lib/use-field-error";
import { useMay } from "../../lib/session";
import { useSettled } from "../../lib/use-settled";
import { Field } from "../../ui/field";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { ProblemNote } from "../../ui/problem-note";
import { type Brand, brandQuery, useSaveBrand } from "./api";
import { BrandPreview } from "./brand-preview";
import { contrast } from "./contrast";
import { PicturePicker } from "./editor/picture-picker";
import styles from "./messages.module.css";
import { ContentNav } from "./shared/content-nav";
import { useLanguageName } from "./shared/use-language-name";
import { useWords } from "./words";

const LANGUAGES = ["en", "zh", "zh-CN", "zh-TW", "zh-HK", "ja", "ko", "fr", "de", "es", "pt", "it", "ru"] as const;
const READABLE = 4.5; // what WCAG asks of words on a colour

/** Who messages come from and how they look. */
export function BrandPage() {
  const t = useWords();
  const query = useQuery(brandQuery);
  return (
    <div className="stack">
      <PageHeader title={t("brand")} lead={t("brandLead")} />
      <ContentNav />
      <Loaded query={query} skeleton={<Placeholder height={620} />}>
        {(brand) => <Editor key={JSON.stringify(brand)} held={brand} />}
      </Loaded>
    </div>
  );
}

function Editor({ held }: { held: Brand }) {
  const t = useWords();
  const { message } = App.useApp();
  const may = useMay("messages.manage");
  const [brand, setBrand] = useState(held);
  const saving = useSaveBrand();
  const wrong = useFieldError(saving.error);
  const change = (part: Partial<Brand>) => setBrand({ ...brand, ...part });
  const changed = JSON.stringify(brand) !== JSON.stringify(held);
  const line = (name: "name" | "sender_name" | "sender_address" | "site_url" | "postal_address", hint?: string) => (
    <Field label={t(`brand_${name}`)}>
      <Input aria-label={t(`brand_${name}`)} disabled={!may} placeholder={hint} status={wrong(`/${name}`) ? "error" : undefined} value={brand[name]} onChange={({ target }) => change({ [name]: target.value })} />
      {wrong(`/${name}`) && <span className={styles.wrong}>{wrong(`/${name}`)}</span>}
    </Field>
  );
  return (
    <div className={styles.studio}>
      <Panel>
        <div className={styles.form}>
          {line("name")}
          <Logo brand={brand} may={may} wrong={wrong("/logo_url")} onChange={change} />
          <Colours brand={brand} may={may} onChange={change} />
          {line("site_url", "https://")}
          {line("postal_address", t("postalHint"))}
          {line("sender_name")}
          {line("sender_address", "hello@example.com")}
          <Home brand={brand} may={may} onChange={change} />
          {saving.error && <ProblemNote error={saving.error} />}
          {may && (
            <div>
              <Button type="primary" disabled={!changed} loading={saving.isPending} onClick={() => saving.mutate(brand, { onSuccess: () => void message.success(t("saved")) })}>
                {t("save")}
              </Button>
            </div>
          )}
        </div>
      </Panel>
      <BrandPreview brand={useSettled(brand)} />
    </div>
  );
}

interface PartProps {
  brand: Brand;
  may: boolean;
  onChange: (part: Partial<Brand>) => void;
}

function Logo({ brand, may, wrong, onChange }: PartProps & { wrong: string | undefined }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const choose = (path: string) => {
    setOpen(false);
    onChange({ logo_url: path });
  };
  return (
    <Field label={t("brand_logo_url")}>
      <div className={styles.beside}>
        <Input aria-label={t("brand_logo_url")} disabled={!may} placeholder="https://" status={wrong ? "error" : undefined} value={brand.logo_url} onChange={({ target }) => onChange({ logo_url: target.value })} />
        {may && (
          <Popover trigger="click" open={open} onOpenChange={setOpen} destroyOnHidden placement="bottomRight" content={<div className={styles.insert}>{<PicturePicker onChoose={({ path }) => choose(path)} />}</div>}>
            <Button>{t("choosePicture")}</Button>
          </Popover>
        )}
      </div>
      {wrong && <span className={styles.wrong}>{wrong}</span>}
    </Field>
  );
}

function Colours({ brand, may, onChange }: PartProps) {
  const t = useWords();
  const ratio = contrast(brand.colour, brand.text_colour);
  return (
    <div>
      <div className={styles.beside}>
        {(["colour", "text_colour"] as const).map((name) => (
          <Field key={name} label={t(`brand_${name}`)}>
            <ColorPicker disabled={!may} disabledAlpha showText value={brand[name]} onChange={(colour) => onChange({ [name]: colour.toHexString().slice(0, 7) })} />
          </Field>
        ))}
      </div>
      {ratio < READABLE && <p className={styles.wrong}>{t("faint", { ratio: ratio.toFixed(1) })}</p>}
    </div>
  );
}

function Home({ brand, may, onChange }: PartProps) {
  const t = useWords();
  const nameOf = useLanguageName();
  return (
    <Field label={t("brand_language")}>
      <Select aria-label={t("brand_language")} disabled={!may} value={brand.language} options={[...new Set([...LANGUAGES, brand.language])].map((one) => ({ value: one, label: nameOf(one) }))} onChange={(language: string) => onChange({ language })} />
    </Field>
  );
}
