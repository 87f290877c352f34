import { Select } from "antd";

import { useSay } from "../../i18n/text";
import { type MetricDefinition } from "../../lib/metric-definitions";
import { useWords } from "./words";

const GROUPS = ["retention", "churn", "repeat", "lifecycle", "revenue", "subscription", "voice"] as const;

interface Props {
  metrics: MetricDefinition[];
  value: string;
  onChange: (name: string) => void;
}

/** Every metric, in its group, to be found by typing. */
export function MetricSelect({ metrics, value, onChange }: Props) {
  const t = useWords();
  const say = useSay();
  const groupOf = (metric: MetricDefinition) => GROUPS.find((group) => group === metric.group);
  const options = [...GROUPS, undefined].map((group) => ({
    label: group ? t(`group_${group}`) : t("groupOther"),
    title: group ?? "other",
    options: metrics.filter((metric) => groupOf(metric) === group).map(({ name, label }) => ({ value: name, label: say(label) })),
  }));
  return (
    <Select
      aria-label={t("metric")}
      style={{ width: "min(300px, 86vw)" }}
      showSearch={{ optionFilterProp: "label" }}
      value={value}
      options={options.filter((group) => group.options.length > 0)}
      onChange={onChange}
    />
  );
}
