import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert } from "antd";

import { useSay } from "../../i18n/text";
import { confirmationsQuery } from "../../lib/contact/confirmations";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { useWords } from "./words";

/** How asking for a confirmed yes stands, where a list wants one: who waits, who confirmed, and why nobody can be asked. */
export function Confirmations() {
  const t = useWords();
  const say = useSay();
  const { number } = useFormat();
  const found = useQuery({ ...confirmationsQuery, enabled: useMay("settings.read") }).data;
  if (!found || (found.lists.length === 0 && !found.blocked)) return null;
  const { blocked, waiting, asked, confirmed, message } = found;
  const change = message && (
    <Link to="/messages/$messageId" params={{ messageId: message }}>
      {t("confirmMessage")}
    </Link>
  );
  return (
    <Panel title={t("confirmations")} hint={t("confirmationsHint")} extra={change}>
      <div className="stack">
        {blocked && <Alert type="warning" showIcon style={{ background: "var(--t-warnSoft)", borderColor: "transparent" }} title={say(blocked)} />}
        <Facts
          facts={[
            { name: t("waiting"), value: number(waiting) },
            { name: t("asked"), value: number(asked) },
            { name: t("saidYes"), value: number(confirmed) },
          ]}
        />
      </div>
    </Panel>
  );
}
