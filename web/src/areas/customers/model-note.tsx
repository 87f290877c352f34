import { QuestionCircleOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button, Popover } from "antd";

import { MISSING } from "../../lib/format";
import { useFormat } from "../../lib/use-format";
import { Facts } from "../../ui/facts";
import { type Profile } from "./api";
import { useWords } from "./words";

/** Which model said so, in which version, from what state of the data. */
export function ModelNote({ model }: { model: NonNullable<Profile["model"]> }) {
  const t = useWords();
  const { dateTime } = useFormat();
  const content = (
    <div style={{ display: "grid", gap: 12, maxWidth: 320 }}>
      <Facts
        facts={[
          { name: t("modelName"), value: model.name ?? MISSING },
          { name: t("modelVersion"), value: model.version ?? MISSING },
          { name: t("asOf"), value: model.as_of ? dateTime(model.as_of) : MISSING },
          { name: t("snapshot"), value: model.snapshot ?? MISSING },
        ]}
      />
      <Link to="/predictions">{t("howGood")}</Link>
    </div>
  );
  return (
    <Popover trigger="click" title={t("model")} content={content}>
      <Button type="text" size="small" shape="circle" icon={<QuestionCircleOutlined />} aria-label={t("model")} />
    </Popover>
  );
}
