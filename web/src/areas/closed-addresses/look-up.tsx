import { App, Button, Input, Select } from "antd";
import { type SyntheticEvent, useState } from "react";

import { CHANNELS, useContactNames } from "../../lib/contact/names";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { Field } from "../../ui/field";
import { Panel } from "../../ui/panel";
import { ProblemNote } from "../../ui/problem-note";
import { useComplain } from "../../ui/use-complain";
import { type Address, type Closed, useClose, useLookUp, useOpen } from "./api";
import { useWords } from "./words";

/** Whether an address is closed, and what may be done about it. */
export function LookUp() {
  const t = useWords();
  const names = useContactNames();
  const looking = useLookUp();
  const [wanted, setWanted] = useState<Address>({ channel: "email", address: "" });
  const change = (part: Partial<Address>) => {
    looking.reset();
    setWanted({ ...wanted, ...part });
  };
  const asked = { ...wanted, address: wanted.address.trim() };
  const look = () => looking.mutate(asked);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (asked.address) look();
  };
  return (
    <Panel title={t("search")}>
      <form onSubmit={submit} className="controls">
        <Field label={t("channel")}>
          <Select aria-label={t("channel")} style={{ width: 150 }} value={wanted.channel} options={CHANNELS.map((one) => ({ value: one, label: names.channel(one) }))} onChange={(channel) => change({ channel })} />
        </Field>
        <Field label={t("address")}>
          <Input aria-label={t("address")} style={{ width: 260 }} maxLength={254} autoComplete="off" value={wanted.address} onChange={({ target }) => change({ address: target.value })} />
        </Field>
        <Button htmlType="submit" type="primary" disabled={!asked.address} loading={looking.isPending}>
          {t("look")}
        </Button>
      </form>
      {looking.error && <ProblemNote error={looking.error} />}
      {looking.data && <Found address={asked} closed={looking.data.closed} onChanged={look} />}
    </Panel>
  );
}

interface FoundProps {
  address: Address;
  closed: Closed | null;
  onChanged: () => void;
}

function Found({ address, closed, onChanged }: FoundProps) {
  const t = useWords();
  const names = useContactNames();
  const { dateTime } = useFormat();
  const { modal, message } = App.useApp();
  const complain = useComplain();
  const mayClose = useMay("customers.write");
  const mayOpen = useMay("settings.write");
  const closing = useClose();
  const opening = useOpen();
  const told = (words: string) => {
    void message.success(words);
    onChanged();
  };
  const askToOpen = () =>
    void modal.confirm({
      title: t("openTitle", { address: address.address }),
      content: t("openDetail"),
      okText: t("open"),
      cancelText: t("cancel"),
      onOk: () => opening.mutateAsync(address).then(() => told(t("opened")), complain),
    });
  return (
    <div role="status" className="controls" style={{ alignItems: "center", marginTop: 16 }}>
      <span style={{ overflowWrap: "anywhere" }}>
        {closed ? t("isClosed", { address: address.address, at: dateTime(closed.at), reason: names.closed(closed.reason) }) : t("isOpen", { address: address.address })}
      </span>
      {closed && mayOpen && <Button onClick={askToOpen}>{t("open")}</Button>}
      {!closed && mayClose && (
        <Button danger loading={closing.isPending} onClick={() => void closing.mutateAsync(address).then(() => told(t("closed")), complain)}>
          {t("close")}
        </Button>
      )}
    </div>
  );
}
