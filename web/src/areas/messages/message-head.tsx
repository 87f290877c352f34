import { MoreOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Dropdown } from "antd";
import { useEffect, useState } from "react";

import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { PageHeader } from "../../ui/page-header";
import { ProblemNote } from "../../ui/problem-note";
import { useArchive, usePublish } from "./api";
import { MessageState } from "./message-state";
import { SendDrawer } from "./send/send-drawer";
import { type Kept } from "./use-draft";
import { useWords } from "./words";

/** The name, the state, and the three things done with a message: keep it, publish it, send it. */
export function MessageHead({ kept, may }: { kept: Kept; may: boolean }) {
  const t = useWords();
  const { dateTime } = useFormat();
  const { message, draft, dirty } = kept;
  const publishing = usePublish(message.id);
  const [sending, setSending] = useState(false);
  const maySend = useMay("messages.send") && message.published !== null;
  const lead = (
    <>
      <MessageState message={message} /> {dirty ? t("notSaved") : t("changedAt", { at: dateTime(message.changed_at) })}
    </>
  );
  const actions = (
    <>
      {may && <Keep kept={kept} publishing={publishing} first={!maySend} />}
      {maySend && (
        <Button type="primary" onClick={() => setSending(true)}>
          {t("send")}
        </Button>
      )}
      {may && message.archived_at === null && <More kept={kept} />}
    </>
  );
  const error = publishing.error ?? kept.error;
  return (
    <>
      <PageHeader title={draft.name} lead={lead} actions={actions} />
      {error && <ProblemNote error={error} />}
      {sending && <SendDrawer message={message} onClose={() => setSending(false)} />}
    </>
  );
}

function Keep({ kept: { dirty, save, saving }, publishing, first }: { kept: Kept; publishing: ReturnType<typeof usePublish>; first: boolean }) {
  const t = useWords();
  const { message: toast } = App.useApp();
  const keep = () => void save().then(() => toast.success(t("saved")), () => undefined);
  const publish = () =>
    void save()
      .then(() => publishing.mutateAsync(undefined))
      .then(({ version }) => toast.success(t("publishedNow", { version })), () => undefined);
  useSaveKey(dirty, keep);
  return (
    <>
      <Button disabled={!dirty} loading={saving} onClick={keep}>
        {t("save")}
      </Button>
      <Button type={first ? "primary" : "default"} loading={publishing.isPending} onClick={publish}>
        {t("publish")}
      </Button>
    </>
  );
}

function More({ kept }: { kept: Kept }) {
  const t = useWords();
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const archive = useArchive(kept.message.id);
  const ask = () =>
    void modal.confirm({
      title: t("archiveTitle", { name: kept.message.name }),
      content: t("archiveDetail"),
      okText: t("archive"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => archive.mutateAsync(undefined).then(() => navigate({ to: "/messages" })),
    });
  return (
    <Dropdown trigger={["click"]} menu={{ items: [{ key: "archive", label: t("archive"), danger: true }], onClick: ask }}>
      <Button icon={<MoreOutlined />} aria-label={t("more")} />
    </Dropdown>
  );
}

/** Ctrl+S keeps the draft, as in every editor. */
function useSaveKey(active: boolean, keep: () => void) {
  useEffect(() => {
    if (!active) return undefined;
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      keep();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  });
}
