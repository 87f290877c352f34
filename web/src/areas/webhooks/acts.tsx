import { App, Button } from "antd";

import { useComplain } from "../../ui/use-complain";
import { useChange, useForget, useRotate, type Webhook } from "./api";
import { useWords } from "./words";
import styles from "./webhooks.module.css";

export interface ActsProps {
  webhook: Webhook;
  onEdit: (webhook: Webhook) => void;
  onSecret: (secret: string) => void;
}

/** What can be done to a receiver. */
export function Acts({ webhook, onEdit, onSecret }: ActsProps) {
  const t = useWords();
  const { modal, message } = App.useApp();
  const complain = useComplain();
  const [change, forget, rotate] = [useChange(), useForget(), useRotate()];
  const { id, url, topics, network, state } = webhook;
  const open = state === "open";
  const turn = () => change.mutate({ id, body: { url, topics, network, paused: open } }, { onError: complain });
  const renew = () =>
    void modal.confirm({
      title: t("rotateTitle"),
      content: t("rotateDetail"),
      okText: t("rotate"),
      cancelText: t("cancel"),
      onOk: () => rotate.mutateAsync(id).then(({ secret }) => onSecret(secret), complain),
    });
  const remove = () =>
    void modal.confirm({
      title: t("removeTitle"),
      content: t("removeDetail"),
      okText: t("remove"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => forget.mutateAsync(id).then(() => void message.success(t("removed")), complain),
    });
  return (
    <div className={styles.bar}>
      <Button size="small" onClick={() => onEdit(webhook)}>
        {t("edit")}
      </Button>
      <Button size="small" loading={change.isPending} onClick={turn}>
        {t(open ? "pause" : "resume")}
      </Button>
      <Button size="small" onClick={renew}>
        {t("rotate")}
      </Button>
      <Button size="small" danger onClick={remove}>
        {t("remove")}
      </Button>
    </div>
  );
}
