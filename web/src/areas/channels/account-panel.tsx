import { App, Button } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useContactNames } from "../../lib/contact/names";
import { Badge } from "../../ui/badge";
import { Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { useComplain } from "../../ui/use-complain";
import { type Account, type Kind, useEnter, useForget } from "./api";
import styles from "./channels.module.css";
import { EnterAccount } from "./enter-account";
import { HealthPart } from "./health-part";
import { PreflightPart } from "./preflight-part";
import { TapPart } from "./tap-part";
import { TryDialog } from "./try-dialog";
import { useWords } from "./words";

const OUTWARD = new Set(["email", "sms", "wecom", "in_app", "push"]);
const TRIED = new Set(["email", "sms", "feishu", "dingtalk", "slack"]);

/** One account: what it is, how it fares, and what stands in its way. */
export function AccountPanel({ account, kind, may }: { account: Account; kind: Kind; may: boolean }) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const [open, setOpen] = useState<"change" | "try" | null>(null);
  const { channel, enabled } = account;
  const extra = (
    <>
      <Badge tone={enabled ? "accent" : "plain"}>{enabled ? t("on") : t("off")}</Badge>
      {may && TRIED.has(channel) && <Button onClick={() => setOpen("try")}>{t("try")}</Button>}
      {may && <Button onClick={() => setOpen("change")}>{t("changeShort")}</Button>}
    </>
  );
  return (
    <Panel title={names.channel(channel)} hint={say(account.label)} extra={extra}>
      <div className={styles.account}>
        <div className={styles.part}>
          <h3>{t("account")}</h3>
          <Facts facts={told(account, kind).map(({ label, value }) => ({ name: say(label), value }))} />
          {may && <Switches account={account} />}
        </div>
        {OUTWARD.has(channel) && (
          <div className={styles.part}>
            <HealthPart channel={channel} may={may} />
            <TapPart channel={channel} />
          </div>
        )}
      </div>
      {channel === "email" && <PreflightPart />}
      {open === "change" && <EnterAccount kinds={[kind]} taken={[]} account={account} onClose={() => setOpen(null)} />}
      {open === "try" && <TryDialog channel={channel} onClose={() => setOpen(null)} />}
    </Panel>
  );
}

/** What is known of an account and may be shown. */
function told({ facts }: Account, kind: Kind) {
  return kind.facts.filter(({ name, secret, required, default: usual }) => !secret && facts[name] && (required || facts[name] !== usual)).map(({ name, label }) => ({ label, value: facts[name] ?? "" }));
}

function Switches({ account }: { account: Account }) {
  const t = useWords();
  const names = useContactNames();
  const { modal } = App.useApp();
  const complain = useComplain();
  const enter = useEnter();
  const forget = useForget();
  const turn = () => enter.mutate({ kind: account.kind, facts: account.facts, enabled: !account.enabled }, { onError: complain });
  const ask = () =>
    void modal.confirm({
      title: t("forgetTitle", { channel: names.channel(account.channel) }),
      content: t("forgetDetail"),
      okText: t("forget"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => forget.mutateAsync(account.channel).catch(complain),
    });
  return (
    <div className={styles.acts}>
      <Button size="small" loading={enter.isPending} onClick={turn}>
        {account.enabled ? t("switchOff") : t("switchOn")}
      </Button>
      <Button size="small" type="text" danger onClick={ask}>
        {t("forget")}
      </Button>
    </div>
  );
}
