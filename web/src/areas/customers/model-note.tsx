import { QuestionCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Popover } from "antd";

import { useSay } from "../../i18n/text";
import { MISSING } from "../../lib/format";
import { modelPath } from "../../lib/paths";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Facts } from "../../ui/facts";
import { type Profile, riskQuery } from "./api";
import { useWords } from "./words";

/** Which model said so, in which version, from what state of the data. */
export function ModelNote({ id, model }: { id: string; model: NonNullable<Profile["model"]> }) {
  const t = useWords();
  const say = useSay();
  const may = useMay("predictions.read");
  const label = useQuery(riskQuery(id)).data?.history.at(-1)?.model_label;
  const { dateTime } = useFormat();
  const content = (
    <div style={{ display: "grid", gap: 12, maxWidth: 320 }}>
      <Facts
        facts={[
          { name: t("modelName"), value: label ? say(label) : (model.name ?? MISSING) },
          { name: t("modelVersion"), value: model.version ?? MISSING },
          { name: t("asOf"), value: model.as_of ? dateTime(model.as_of) : MISSING },
          { name: t("snapshot"), value: model.snapshot ?? MISSING },
        ]}
      />
      {may && model.version && <Link to={modelPath(model.version)}>{t("howGood")}</Link>}
    </div>
  );
  return (
    <Popover trigger="click" title={t("model")} content={content}>
      <Button type="text" size="small" shape="circle" icon={<QuestionCircleOutlined />} aria-label={t("model")} />
    </Popover>
  );
}
