import { MailOutlined, PhoneOutlined } from "@ant-design/icons";
import { Button } from "antd";

import { useChoiceName } from "../../lib/choices";
import { useFormat } from "../../lib/use-format";
import { Badge } from "../../ui/badge";
import { type Profile } from "./api";
import styles from "./customer-page.module.css";
import { PersonMenu } from "./person/person-menu";
import { TierBadge } from "./tier-badge";
import { useCustomerName } from "./use-customer-name";
import { useWords } from "./words";

/** Who this is, how to reach them, and whether we may. */
export function CustomerHeader({ profile }: { profile: Profile }) {
  const t = useWords();
  const { date } = useFormat();
  const choiceName = useChoiceName();
  const name = useCustomerName()(profile);
  const place = [profile.city, profile.region, profile.country && choiceName("country", profile.country)].filter((part, at, all) => part && all.indexOf(part) === at).join(" · ");
  return (
    <header className={styles.header}>
      <span className={styles.initial} aria-hidden="true">
        {name.slice(0, 1).toUpperCase()}
      </span>
      <div className={styles.who}>
        <div className={styles.title}>
          <h1>{name}</h1>
          {profile.tier && <TierBadge tier={profile.tier} />}
          {profile.left_at && <Badge tone="risk">{t("left", { date: date(profile.left_at) })}</Badge>}
        </div>
        <p className="quiet">
          {[place, profile.joined_at && t("since", { date: date(profile.joined_at) })].filter(Boolean).join(" · ")}
        </p>
        <div className={styles.contacts}>
          {profile.phone && (
            <Button size="small" icon={<PhoneOutlined />} href={`tel:${profile.phone}`}>
              {profile.phone}
            </Button>
          )}
          {profile.email && (
            <Button size="small" icon={<MailOutlined />} href={`mailto:${profile.email}`}>
              {profile.email}
            </Button>
          )}
          {!profile.phone && !profile.email && <span className="quiet">{t("noContact")}</span>}
        </div>
        <Consents consent={profile.consent} />
      </div>
      <PersonMenu profile={profile} />
    </header>
  );
}

const CHANNELS = ["email", "sms", "phone", "wecom", "any"] as const;

/** What the customer agreed to; colour repeats what the words say. */
function Consents({ consent }: { consent: Profile["consent"] }) {
  const t = useWords();
  if (consent.length === 0) return <p className="quiet">{t("noConsent")}</p>;
  return (
    <div className={styles.consents}>
      <span className="quiet">{t("consent")}</span>
      {consent.map(({ purpose, channel, state }) => {
        const known = CHANNELS.find((one) => one === channel);
        const words = { channel: known ? t(`channel_${known}`) : channel };
        return (
          <Badge key={`${purpose} ${channel}`} tone={state === "granted" ? "accent" : "warn"}>
            {state === "granted" ? t("granted", words) : t("denied", words)}
          </Badge>
        );
      })}
    </div>
  );
}
