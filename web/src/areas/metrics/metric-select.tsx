import { Select } from "antd";

import { useSay } from "../../i18n/text";
import { type MetricDefinition } from "../../lib/metric-definitions";
import { useWords } from "./words";

interface Props {
  metrics: MetricDefinition[];
  value: string;
  onChange: (name: string) => void;
}

/** Every metric, in its group, to be found by typing. */
export function MetricSelect({ metrics, value, onChange }: Props) {
  const t = useWords();
  const say = useSay();
  const groups = new Map(metrics.map(({ group, group_label }) => [group, say(group_label)]));
  const options = [...groups].map(([group, label]) => ({
    label,
    title: group,
    options: metrics.filter((metric) => metric.group === group).map(({ name, label }) => ({ value: name, label: say(label) })),
  }));
  return (
    <Select
      aria-label={t("metric")}
      style={{ width: "min(300px, 86vw)" }}
      showSearch={{ optionFilterProp: "label" }}
      value={value}
      options={options}
      onChange={onChange}
    />
  );
}
