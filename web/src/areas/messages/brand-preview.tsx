import { useQuery } from "@tanstack/react-query";

import { useLanguage } from "../../i18n/use-language";
import { Loaded } from "../../ui/loaded";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Brand, previewQuery } from "./api";
import { EMPTY, MARKED } from "./draft";
import { MailFrame } from "./editor/mail-frame";
import styles from "./messages.module.css";
import { useWords } from "./words";

const SAMPLE = `<mjml><mj-body background-color="#f4f4f2">
<mj-section background-color="#ffffff" padding="18px"><mj-column>
{% if brand.logo_url %}<mj-image src="{{ brand.logo_url }}" alt="{{ brand.name }}" width="140px" align="left"/>{% endif %}
<mj-text font-size="24px" font-weight="700" color="{{ brand.colour }}">{{ brand.name | default: "…" }}</mj-text>
<mj-text font-size="15px" line-height="1.6">WORDS</mj-text>
<mj-button href="{{ brand.site_url | default: 'https://example.com' }}" background-color="{{ brand.colour }}" color="{{ brand.text_colour }}" border-radius="8px">BUTTON</mj-button>
</mj-column></mj-section></mj-body></mjml>`;

/** A mail in this brand, before it is kept. */
export function BrandPreview({ brand }: { brand: Brand }) {
  const t = useWords();
  const language = useLanguage();
  const mjml = SAMPLE.replace("WORDS", t("sampleWords")).replace("BUTTON", t("sampleButton"));
  const query = useQuery(previewQuery({ draft: { channels: { email: { [language]: { ...EMPTY, subject: "-", mjml } } }, transactional: false, brand, ...MARKED }, channel: "email", given: {} }));
  return (
    <div className={styles.side}>
      <Panel title={t("preview")}>
        <div className={styles.arrived}>
          <p className={styles.subject}>
            {brand.sender_name || brand.name || t("brand_sender_name")} <span className="quiet">{brand.sender_address && `<${brand.sender_address}>`}</span>
          </p>
          <Loaded query={query} skeleton={<Placeholder height={420} />}>
            {(seen) => <MailFrame html={seen.html ?? ""} narrow={false} />}
          </Loaded>
        </div>
      </Panel>
    </div>
  );
}
