import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { useLanguage } from "../../i18n/use-language";
import { useChoiceName } from "../../lib/choices";
import { useFormat } from "../../lib/use-format";
import { useMay } from "../../lib/session";
import { type Fact, Facts } from "../../ui/facts";
import { Panel } from "../../ui/panel";
import { fieldsQuery, type Profile } from "./api";
import { attributeText } from "./attribute-text";
import { ATTRIBUTE } from "./columns";
import styles from "./customer-page.module.css";
import { EditProfile } from "./edit-profile";
import { useWords } from "./words";

const PLACES = ["company", "country", "region", "city"] as const;
const TRAITS = ["gender", "language", "channel", "left_reason"] as const;

/** What is known of the person: known facts and custom attributes, open to mending. */
export function ProfilePanel({ profile }: { profile: Profile }) {
  const t = useWords();
  const may = useMay("customers.write");
  const [editing, setEditing] = useState(false);
  const { known, custom } = useFacts(profile);
  return (
    <Panel
      title={t("profile")}
      extra={
        may && (
          <Button size="small" onClick={() => setEditing(true)}>
            {t("edit")}
          </Button>
        )
      }
    >
      {known.length > 0 ? <Facts facts={known} /> : <p className="quiet">{t("noFacts")}</p>}
      {custom.length > 0 && (
        <div className={styles.section}>
          <h3>{t("attributes")}</h3>
          <Facts facts={custom} />
        </div>
      )}
      {editing && <EditProfile profile={profile} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

function useFacts(profile: Profile): { known: Fact[]; custom: Fact[] } {
  const t = useWords();
  const say = useSay();
  const language = useLanguage();
  const { date } = useFormat();
  const choiceName = useChoiceName();
  const fields = useQuery(fieldsQuery).data ?? [];
  const nameOf = (attribute: string) => {
    const found = fields.find(({ name }) => name === ATTRIBUTE + attribute);
    return found ? say(found.label) : attribute;
  };
  const places = PLACES.filter((name) => profile[name]).map((name) => ({ name: t(`column_${name}`), value: choiceName(name, profile[name] ?? "") }));
  const traits = TRAITS.filter((name) => profile[name]).map((name) => ({ name: t(`fact_${name}`), value: choiceName(name, profile[name] ?? "") }));
  const birthday = profile.birthday ? [{ name: t("birthday"), value: date(profile.birthday) }] : [];
  const custom = Object.entries(profile.attributes)
    .filter(([, value]) => attributeText(value) !== null)
    .sort(([one], [other]) => one.localeCompare(other, language))
    .map(([name, value]) => ({ name: nameOf(name), value: attributeText(value) }));
  return { known: [...places, ...birthday, ...traits], custom };
}
