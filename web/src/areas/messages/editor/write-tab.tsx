import { useQuery } from "@tanstack/react-query";

import { useLanguage } from "../../../i18n/use-language";
import { useSettled } from "../../../lib/use-settled";
import { EmptyState } from "../../../ui/empty-state";
import { Panel } from "../../../ui/panel";
import { faultsQuery } from "../api";
import { channelsOf, EMPTY, languagesOf, variantOf, withVariant } from "../draft";
import styles from "../messages.module.css";
import { type MessageSearch } from "../search";
import { type Kept } from "../use-draft";
import { useWords } from "../words";
import { AddChannel, ChannelBar } from "./channel-bar";
import { FactsPanel } from "./facts-panel";
import { FaultList } from "./fault-list";
import { LanguageBar } from "./language-bar";
import { PreviewPane } from "./preview-pane";
import { VariantEditor } from "./variant-editor";

interface Props {
  kept: Kept;
  search: MessageSearch;
  onGo: (part: MessageSearch) => void;
  may: boolean;
}

/** The words on one side, what a customer gets of them on the other. */
export function WriteTab({ kept, search, onGo, may }: Props) {
  const t = useWords();
  const { draft, change } = kept;
  const channels = channelsOf(draft);
  const channel = channels.find((one) => one === search.channel) ?? channels[0];
  const languages = channel ? languagesOf(draft, channel) : [];
  const mine = useLanguage();
  const language = languages.find((one) => one === search.language) ?? languages.find((one) => one.startsWith(mine)) ?? languages[0];
  const settled = useSettled(draft);
  const checked = useQuery(faultsQuery({ channels: settled.channels, transactional: settled.transactional }));
  const faults = checked.data?.items ?? [];
  const add = (to: string, tag: string) => {
    change(withVariant(draft, to, tag, variantOf(draft, to, language ?? "") ?? EMPTY));
    onGo({ channel: to, language: tag });
  };
  if (!channel || !language)
    return (
      <Panel>
        <EmptyState title={t("silent")} action={may && <AddChannel taken={[]} onAdd={(to) => add(to, mine)} />}>
          {t("silentDetail")}
        </EmptyState>
      </Panel>
    );
  const variant = variantOf(draft, channel, language) ?? EMPTY;
  return (
    <div className={styles.studio}>
      <div className={styles.editor}>
        <Panel>
          <ChannelBar draft={draft} channel={channel} faults={faults} may={may} onGo={onGo} onAdd={(to) => add(to, language)} />
          <LanguageBar kept={kept} channel={channel} language={language} may={may} onGo={onGo} onAdd={(tag) => add(channel, tag)} />
          <VariantEditor
            key={`${channel}.${language}`}
            channel={channel}
            place={`${channel}.${language}`}
            variant={variant}
            faults={faults}
            may={may}
            onChange={(part) => change(withVariant(draft, channel, language, { ...variant, ...part }))}
          />
          <FaultList faults={faults} here={`${channel}.${language}`} onGo={onGo} />
        </Panel>
      </div>
      <PreviewPane draft={settled} channel={channel} tag={language} checked={checked.isSuccess && !checked.isPlaceholderData} faulty={faults.some(({ part }) => part.startsWith(`${channel}.`))} />
      <div className={styles.about}>
        <FactsPanel kept={kept} may={may} />
      </div>
    </div>
  );
}
