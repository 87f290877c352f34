import { App, Button } from "antd";

import { useSay } from "../../i18n/text";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Badge, type Tone } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { useComplain } from "../../ui/use-complain";
import { useTry, type Webhook, type WebhookTopic } from "./api";
import { useWords } from "./words";
import styles from "./webhooks.module.css";

interface Props {
  webhooks: Webhook[];
  topics: WebhookTopic[];
  onChoose: (id: string) => void;
}

const TONES: Record<string, Tone> = { open: "accent", paused: "plain", gone: "risk" };

/** Every receiver: where, what it hears, how it does, and how much it was told. */
export function WebhookTable({ webhooks, topics, onChoose }: Props) {
  const t = useWords();
  const say = useSay();
  const { dateTime, number } = useFormat();
  const mayWrite = useMay("settings.write");
  const labels = new Map(topics.map(({ name, label }) => [name, say(label)]));
  const state = (webhook: Webhook) => (
    <>
      <Badge tone={TONES[webhook.state]}>{t(webhook.state === "open" ? "state_open" : webhook.state === "paused" ? "state_paused" : "state_gone")}</Badge>
      {webhook.failing_since && <div className={styles.failing}>{t("failingSince", { at: dateTime(webhook.failing_since) })}</div>}
      {webhook.old_secret_until && new Date(webhook.old_secret_until) > new Date() && <div className="quiet">{t("oldSigns", { at: dateTime(webhook.old_secret_until) })}</div>}
    </>
  );
  const told = (one: Webhook) => (
    <dl className={styles.told}>
      {(["delivered", "waiting", "dead"] as const).map((key) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>{number(one[key])}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <DataTable<Webhook>
      label={t("title")}
      rowKey="id"
      dataSource={webhooks}
      columns={[
        { key: "url", title: t("address"), render: (_, { url }) => <code className={styles.url}>{url}</code> },
        { key: "state", title: t("state"), render: (_, webhook) => state(webhook) },
        {
          key: "topics",
          title: t("hears"),
          render: (_, webhook) => (
            <span className={styles.topics}>
              {webhook.topics.length === 0 ? t("everything") : webhook.topics.map((name) => <Badge key={name}>{labels.get(name) ?? name}</Badge>)}
            </span>
          ),
        },
        { key: "told", title: t("deliveries"), render: (_, webhook) => told(webhook) },
        {
          key: "acts",
          title: <span className="visually-hidden">{t("acts")}</span>,
          align: "right",
          render: (_, webhook) => (
            <span className={styles.acts}>
              <Button size="small" onClick={() => onChoose(webhook.id)}>
                {t("deliveries")}
              </Button>
              {mayWrite && <Test webhook={webhook} onChoose={onChoose} />}
            </span>
          ),
        },
      ]}
    />
  );
}

/** A test event now, whatever the receiver wants to hear. */
function Test({ webhook, onChoose }: { webhook: Webhook } & Pick<Props, "onChoose">) {
  const t = useWords();
  const { message } = App.useApp();
  const complain = useComplain();
  const attempt = useTry();
  const test = () =>
    attempt.mutate(webhook.id, {
      onSuccess: () => {
        void message.success(t("tested"));
        onChoose(webhook.id);
      },
      onError: complain,
    });
  return (
    <Button size="small" loading={attempt.isPending} disabled={webhook.state !== "open"} onClick={test}>
      {t("test")}
    </Button>
  );
}
