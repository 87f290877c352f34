import { Input, InputNumber, Select, Switch } from "antd";

import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { type Choice } from "./request";
import { useWords } from "./words";

type Options = Choice["options"];
const FROM_FILE = "";
const ORDERS = ["dmy", "mdy"] as const;

interface Props {
  options: Options;
  /** Currencies that still need a rate. */
  wanted: readonly string[];
  onChange: (options: Options) => void;
}

/** Where the file leaves room: order of day and month, currency, rates, and how strict to be. */
export function OptionsForm({ options, wanted, onChange }: Props) {
  const t = useWords();
  const codes = [...new Set([...Object.keys(options.rates), ...wanted])];
  return (
    <Panel title={t("options")} hint={t("optionsHint")}>
      <div className="controls">
        <Field label={t("dateOrder")}>
          <Select
            aria-label={t("dateOrder")}
            style={{ width: 210 }}
            value={options.date_order ?? FROM_FILE}
            options={[{ value: FROM_FILE, label: t("fromFile") }, ...ORDERS.map((order) => ({ value: order, label: t(`order_${order}`) }))]}
            onChange={(order) => onChange({ ...options, date_order: ORDERS.find((one) => one === order) ?? null })}
          />
        </Field>
        <Field label={t("currency")}>
          <Input
            aria-label={t("currency")}
            style={{ width: 130 }}
            maxLength={3}
            placeholder={t("fromFile")}
            value={options.currency ?? ""}
            onChange={({ target }) => onChange({ ...options, currency: target.value.trim().toUpperCase() || null })}
          />
        </Field>
        {codes.map((code) => (
          <Field key={code} label={t("rate", { code })}>
            <InputNumber
              aria-label={t("rate", { code })}
              style={{ width: 150 }}
              min={0}
              changeOnWheel={false}
              status={wanted.includes(code) ? "error" : undefined}
              value={options.rates[code] === undefined ? null : Number(options.rates[code])}
              onChange={(rate) => onChange({ ...options, rates: withRate(options.rates, code, rate) })}
            />
          </Field>
        ))}
        <Field label={t("strict")}>
          <Switch aria-label={t("strict")} checked={options.strict} onChange={(strict) => onChange({ ...options, strict })} style={{ alignSelf: "flex-start", margin: "7px 0" }} />
        </Field>
      </div>
    </Panel>
  );
}

function withRate(rates: Options["rates"], code: string, rate: number | null): Options["rates"] {
  const others = Object.fromEntries(Object.entries(rates).filter(([name]) => name !== code));
  return rate === null ? others : { ...others, [code]: rate };
}
