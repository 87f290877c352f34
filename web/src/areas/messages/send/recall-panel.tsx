import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";

import { tapsQuery, useTurnTap } from "../../../lib/contact/taps";
import { useMay } from "../../../lib/session";
import { useFormat } from "../../../lib/use-format";
import { Panel } from "../../../ui/panel";
import { useComplain } from "../../../ui/use-complain";
import { type Message } from "../api";
import { useWords } from "../words";
import { useRecall } from "./api";

/** Pause what still waits, or take it back; what is on its way still arrives. */
export function RecallPanel({ message, waiting }: { message: Message; waiting: number }) {
  const t = useWords();
  const { number } = useFormat();
  const { modal, message: toast } = App.useApp();
  const complain = useComplain();
  const mayPause = useMay("messages.manage");
  const mayRecall = useMay("messages.send");
  const name = `message:${message.id}`;
  const paused = useQuery(tapsQuery).data?.items.find((tap) => tap.name === name)?.paused ?? false;
  const turn = useTurnTap();
  const recall = useRecall();
  if (waiting === 0 && !paused) return null;
  const ask = () =>
    void modal.confirm({
      title: t("recallTitle", { count: number(waiting) }),
      content: t("recallDetail"),
      okText: t("recall"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => recall.mutateAsync(message.id).then(({ recalled }) => void toast.success(t("recalled", { count: number(recalled) })), complain),
    });
  return (
    <Panel title={t("stillWaiting", { count: number(waiting) })} hint={paused ? t("pausedHint") : t("waitingHint")}>
      <div className="controls">
        {mayPause && (
          <Button loading={turn.isPending} onClick={() => turn.mutate({ name, paused: !paused, per_second: null }, { onError: complain })}>
            {paused ? t("resume") : t("pause")}
          </Button>
        )}
        {mayRecall && waiting > 0 && (
          <Button danger loading={recall.isPending} onClick={ask}>
            {t("recall")}
          </Button>
        )}
      </div>
    </Panel>
  );
}
