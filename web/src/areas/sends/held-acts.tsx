import { App, Button } from "antd";

import { useComplain } from "../../ui/use-complain";
import { type Send, useSettle } from "./api";
import { useWords } from "./words";

/** What was held waits for somebody to let it go or to drop it. */
export function HeldActs({ send }: { send: Send }) {
  const t = useWords();
  const { modal, message } = App.useApp();
  const complain = useComplain();
  const release = useSettle("release");
  const discard = useSettle("discard");
  const askToDrop = () =>
    void modal.confirm({
      title: t("discardTitle", { message: send.message_name ?? send.message, name: send.customer_name ?? send.customer_id }),
      content: t("discardDetail"),
      okText: t("discard"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => discard.mutateAsync(send.id).then(() => void message.success(t("discarded")), complain),
    });
  return (
    <>
      <Button size="small" type="primary" loading={release.isPending} onClick={() => void release.mutateAsync(send.id).then(() => void message.success(t("released")), complain)}>
        {t("release")}
      </Button>
      <Button size="small" danger onClick={askToDrop}>
        {t("discard")}
      </Button>
    </>
  );
}
