import { useQuery } from "@tanstack/react-query";
import { InputNumber, Select } from "antd";

import { useSay } from "../../i18n/text";
import { type MetricDefinition } from "../../lib/metric-definitions";
import { Field } from "../../ui/field";
import { dimensionsQuery } from "./api";
import { MetricSelect } from "./metric-select";
import { GRAINS, type MetricsSearch, ORDER_UNITS, PERIODS } from "./search";
import { useWords } from "./words";

interface Props {
  metrics: MetricDefinition[];
  /** Undefined where the question is not about one metric. */
  metric: MetricDefinition | undefined;
  search: MetricsSearch;
  onChange: (change: MetricsSearch) => void;
}

/** The question: which number, since when, in what steps, cut by what, with which definition. */
export function QuestionControls({ metrics, metric, search, onChange }: Props) {
  const t = useWords();
  const parameters = metric?.parameters ?? ["churn"];
  return (
    <div className="controls">
      {metric && (
        <Field label={t("metric")}>
          <MetricSelect metrics={metrics} value={metric.name} onChange={(name) => onChange({ metric: name })} />
        </Field>
      )}
      <Field label={t("period")}>
        <Select
          aria-label={t("period")}
          style={{ width: 150 }}
          value={search.period}
          options={PERIODS.map((value) => ({ value, label: t(`period_${value}`) }))}
          onChange={(period) => onChange({ period })}
        />
      </Field>
      <Field label={t("grain")}>
        <Select
          aria-label={t("grain")}
          style={{ width: 108 }}
          value={search.grain}
          options={GRAINS.map((value) => ({ value, label: t(`grain_${value}`) }))}
          onChange={(grain) => onChange({ grain })}
        />
      </Field>
      <Field label={t("by")}>
        <BySelect kinds={metric?.dimensions} value={search.by} onChange={(by) => onChange({ by })} />
      </Field>
      {parameters.includes("churn") && <DaysField name="window_days" search={search} onChange={onChange} />}
      {parameters.includes("within_days") && <DaysField name="within_days" search={search} onChange={onChange} />}
      {parameters.includes("order") && (
        <Field label={t("order")}>
          <Select
            aria-label={t("order")}
            style={{ width: 140 }}
            value={search.order ?? "day"}
            options={ORDER_UNITS.map((value) => ({ value, label: t(`order_${value}`) }))}
            onChange={(order) => onChange({ order })}
          />
        </Field>
      )}
    </div>
  );
}

interface DaysProps extends Pick<Props, "search" | "onChange"> {
  name: "window_days" | "within_days";
}

/** A number of days that the question may set for itself; left empty, the workspace's own holds. */
function DaysField({ name, search, onChange }: DaysProps) {
  const t = useWords();
  return (
    <Field label={t(name)}>
      <InputNumber
        aria-label={t(name)}
        style={{ width: 150 }}
        min={1}
        max={3660}
        precision={0}
        changeOnWheel={false}
        placeholder={t("asSet")}
        value={search[name] ?? null}
        onChange={(days) => onChange({ [name]: days ?? undefined })}
      />
    </Field>
  );
}

const NOTHING = "";

interface ByProps {
  /** What this metric can be cut by; facts of the order do not fit every number. */
  kinds: readonly string[] | undefined;
  value: string | undefined;
  onChange: (by: string | undefined) => void;
}

function BySelect({ kinds = ["customer"], value, onChange }: ByProps) {
  const t = useWords();
  const say = useSay();
  const dimensions = (useQuery(dimensionsQuery).data ?? []).filter(({ kind }) => kind !== "order" || kinds.includes("order"));
  return (
    <Select
      aria-label={t("by")}
      style={{ width: 168 }}
      showSearch={{ optionFilterProp: "label" }}
      value={value ?? NOTHING}
      options={[{ value: NOTHING, label: t("byNothing") }, ...dimensions.map(({ name, label }) => ({ value: name, label: say(label) }))]}
      onChange={(by) => onChange(by === NOTHING ? undefined : by)}
    />
  );
}
