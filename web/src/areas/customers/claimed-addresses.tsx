import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";

import { type components } from "../../api/schema";
import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { useComplain } from "../../ui/use-complain";
import { claimsQuery, useAcceptClaim, useIgnoreClaim } from "./api";
import styles from "./customer-page.module.css";
import { useWords } from "./words";

type AddressClaim = components["schemas"]["AddressClaim"];

/** Addresses somebody claimed this customer has and did not prove; nothing where there are none. */
export function ClaimedAddresses({ id }: { id: string }) {
  const t = useWords();
  const claims = useQuery(claimsQuery(id)).data?.items ?? [];
  if (claims.length === 0) return null;
  return (
    <div className={styles.section}>
      <h3>{t("claims")}</h3>
      <ul className={styles.records}>
        {claims.map((claim) => (
          <Claim key={claim.id} claim={claim} />
        ))}
      </ul>
    </div>
  );
}

function Claim({ claim }: { claim: AddressClaim }) {
  const t = useWords();
  const may = useMay("customers.write");
  const { date } = useFormat();
  const { modal, message } = App.useApp();
  const complain = useComplain();
  const [accepting, ignoring] = [useAcceptClaim(), useIgnoreClaim()];
  const accept = () =>
    void modal.confirm({
      title: t("claimAcceptTitle", { value: claim.value }),
      content: t("claimAcceptDetail"),
      okText: t("claimAccept"),
      cancelText: t("cancel"),
      onOk: () => accepting.mutateAsync(claim.id).then(() => void message.success(t("claimAccepted")), complain),
    });
  const ignore = () => ignoring.mutate(claim.id, { onSuccess: () => void message.success(t("claimIgnored")), onError: complain });
  return (
    <li>
      <span className={styles.claim}>
        <span>{claim.value}</span>
        <span className="quiet">{t("claimSaid", { source: claim.source, date: date(claim.last_at) })}</span>
        {claim.belongs_to && <span className="quiet">{t("claimOf", { id: claim.belongs_to })}</span>}
      </span>
      {may && (
        <span className={styles.decide}>
          <Button size="small" onClick={accept}>
            {t("claimAccept")}
          </Button>
          <Button size="small" onClick={ignore}>
            {t("claimIgnore")}
          </Button>
        </span>
      )}
    </li>
  );
}
