import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";

import { useSay } from "../../i18n/text";
import { confirmationsQuery } from "../../lib/contact/confirmations";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { useWords } from "./words";

/** Says why people cannot be asked to confirm their yes, where a list wants that. */
export function NobodyAsked() {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const found = useQuery({ ...confirmationsQuery, enabled: useMay("settings.read") }).data;
  if (!found?.blocked) return null;
  return <Alert type="warning" showIcon style={{ background: "var(--t-warnSoft)", borderColor: "transparent" }} title={say(found.blocked)} description={found.waiting > 0 ? t("waitToBeAsked", { count: number(found.waiting) }) : undefined} />;
}
