import { Button, Modal, Tabs } from "antd";
import { useState } from "react";

import { useComplain } from "../../ui/use-complain";
import { useFormat } from "../../lib/use-format";
import { useMakeIdentity, type WriteKey } from "./api";
import { Copied } from "./copied";
import { VOUCHING } from "./lines";
import styles from "./tracking.module.css";
import { useWords } from "./words";

/** The secret a shop's server vouches for its signed-in customers with: made or made anew, shown once, with what to write. */
export function Identity({ writeKey, onClose }: { writeKey: WriteKey; onClose: () => void }) {
  const t = useWords();
  const complain = useComplain();
  const making = useMakeIdentity();
  const [secret, setSecret] = useState<string | null>(null);
  const renew = writeKey.identity_at !== null;
  const make = () => making.mutate({ id: writeKey.id, renew }, { onSuccess: (made) => setSecret(made.secret), onError: complain });
  const footer =
    secret === null ? (
      <>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button type="primary" danger={renew} loading={making.isPending} onClick={make}>
          {t(renew ? "identityRenew" : "identityMake")}
        </Button>
      </>
    ) : (
      <Button type="primary" onClick={onClose}>
        {t("stored")}
      </Button>
    );
  return (
    <Modal open width={680} title={t("identityTitle", { name: writeKey.name })} footer={footer} mask={{ closable: false }} onCancel={onClose}>
      <div className={styles.secret}>{secret === null ? <Before writeKey={writeKey} /> : <After secret={secret} />}</div>
    </Modal>
  );
}

function Before({ writeKey: { identity_at } }: { writeKey: WriteKey }) {
  const t = useWords();
  const { dateTime } = useFormat();
  return (
    <>
      <p>{t("identityWhy")}</p>
      {identity_at && <p className={styles.ends}>{t("identityEnds", { at: dateTime(identity_at) })}</p>}
    </>
  );
}

function After({ secret }: { secret: string }) {
  const t = useWords();
  const words = { server: t("codeServer"), page: t("codePage") };
  const items = Object.entries(VOUCHING).map(([name, { label, lines }]) => ({ key: name, label, children: <Copied text={lines(words)} block /> }));
  return (
    <>
      <p>{t("identityOnce")}</p>
      <Copied text={secret} />
      <h3>{t("identityCode")}</h3>
      <Tabs size="small" items={items} className={styles.lines} />
    </>
  );
}
