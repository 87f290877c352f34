import { Input, Modal } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useContactNames } from "../../lib/contact/names";
import { useSession } from "../../lib/session";
import { Badge, type Tone } from "../../ui/badge";
import { Field } from "../../ui/field";
import { ProblemNote } from "../../ui/problem-note";
import { useTry } from "./api";
import styles from "./channels.module.css";
import { useWords } from "./words";

const TONES: Record<string, Tone> = { accepted: "accent", refused: "risk", later: "warn", unknown: "risk" };

/** A test message, and what the provider said to it. */
export function TryDialog({ channel, onClose }: { channel: string; onClose: () => void }) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const mail = useSession()?.member.email ?? "";
  const [address, setAddress] = useState(channel === "email" ? mail : "");
  const trying = useTry();
  const asked = channel === "email" || channel === "sms";
  return (
    <Modal open title={t("tryTitle", { channel: names.channel(channel) })} okText={t("sendTest")} cancelText={t("close")} confirmLoading={trying.isPending} okButtonProps={{ disabled: asked && address.trim() === "" }} onOk={() => trying.mutate({ channel, address })} onCancel={onClose}>
      <div className={styles.entry}>
        {asked ? (
          <Field label={channel === "email" ? t("mailAddress") : t("number")}>
            <Input aria-label={channel === "email" ? t("mailAddress") : t("number")} value={address} onChange={({ target }) => setAddress(target.value)} />
          </Field>
        ) : (
          <p>{t("tryRobot")}</p>
        )}
        {trying.error && <ProblemNote error={trying.error} />}
        {trying.data && (
          <p role="status">
            <Badge tone={TONES[trying.data.state]}>{say(trying.data.words)}</Badge> <span className={styles.found}>{[trying.data.code, trying.data.message].filter(Boolean).join(" · ")}</span>
          </p>
        )}
      </div>
    </Modal>
  );
}
