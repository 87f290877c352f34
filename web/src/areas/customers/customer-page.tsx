import { LeftOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";

import { useMay } from "../../lib/session";
import { Loaded } from "../../ui/loaded";
import { Placeholder } from "../../ui/placeholder";
import { type Profile, profileQuery } from "./api";
import { ConsentPanel } from "./consent/consent-panel";
import { CustomerHeader } from "./customer-header";
import styles from "./customer-page.module.css";
import { HealthPanel } from "./health-panel";
import { IdentityPanel } from "./identity-panel";
import { ProfilePanel } from "./profile-panel";
import { RecommendationsPanel } from "./recommendations-panel";
import { RhythmPanel } from "./rhythm-panel";
import { RiskPanel } from "./risk-panel";
import { RiskStory } from "./risk-story";
import { TimelinePanel } from "./timeline-panel";
import { useCustomerName } from "./use-customer-name";
import { ValuePanel } from "./value-panel";
import { useWords } from "./words";

const route = getRouteApi("/desk/customers/$customerId");

/** One customer on one page: who, what to fear, what they are worth, and everything that happened. */
export function CustomerPage() {
  const t = useWords();
  const { customerId } = route.useParams();
  const query = useQuery(profileQuery(customerId));
  return (
    <div className="stack">
      <p>
        <Link to="/customers" className={styles.back}>
          <LeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      <Loaded query={query} skeleton={<Placeholder height={900} />}>
        {(profile) => <Whole key={profile.id} profile={profile} />}
      </Loaded>
    </div>
  );
}

function Whole({ profile }: { profile: Profile }) {
  const name = useCustomerName()(profile);
  const mayPredict = useMay("predictions.read");
  useEffect(() => {
    document.title = document.title.replace(/^.* · /, `${name} · `);
  }, [name]);
  return (
    <div className="stack">
      <CustomerHeader profile={profile} />
      <div className={styles.judgement}>
        <RiskPanel profile={profile} />
        <ValuePanel profile={profile} />
        <RhythmPanel profile={profile} />
      </div>
      <RiskStory profile={profile} />
      <div className={styles.split}>
        <TimelinePanel id={profile.id} />
        <div className="stack">
          <HealthPanel id={profile.id} />
          <ProfilePanel profile={profile} />
          {mayPredict && <RecommendationsPanel id={profile.id} />}
          <ConsentPanel id={profile.id} />
          <IdentityPanel profile={profile} />
        </div>
      </div>
    </div>
  );
}
