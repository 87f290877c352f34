import { LeftOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Tabs } from "antd";

import { useMay } from "../../lib/session";
import { Loaded } from "../../ui/loaded";
import { Placeholder } from "../../ui/placeholder";
import { type Message, messageQuery } from "./api";
import { WriteTab } from "./editor/write-tab";
import { MessageHead } from "./message-head";
import styles from "./messages.module.css";
import { ProofTab } from "./proof-tab";
import { ResultsTab } from "./results-tab";
import { type MessageSearch, type Tab, TABS } from "./search";
import { useDraft } from "./use-draft";
import { VersionsTab } from "./versions-tab";
import { useWords } from "./words";

const route = getRouteApi("/desk/messages/$messageId");

/** One message: written, proved, compared with what it said, sent, and what became of it. */
export function MessagePage() {
  const t = useWords();
  const { messageId } = route.useParams();
  const query = useQuery(messageQuery(messageId));
  return (
    <div className="stack">
      <p>
        <Link to="/messages" className={styles.back}>
          <LeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      <Loaded query={query} skeleton={<Placeholder height={760} />}>
        {(message) => <Whole key={message.id} message={message} />}
      </Loaded>
    </div>
  );
}

function Whole({ message }: { message: Message }) {
  const t = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay("messages.manage");
  const kept = useDraft(message);
  const go = (part: MessageSearch) => void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  const bodies: Record<Tab, () => React.ReactNode> = {
    write: () => <WriteTab kept={kept} search={search} onGo={go} may={may} />,
    proof: () => <ProofTab kept={kept} onGo={go} />,
    versions: () => <VersionsTab kept={kept} may={may} />,
    results: () => <ResultsTab message={message} />,
  };
  const tab = search.tab ?? "write";
  return (
    <>
      <MessageHead kept={kept} may={may} />
      <Tabs activeKey={tab} onChange={(key) => go({ tab: TABS.find((one) => one === key && one !== "write") })} items={TABS.map((key) => ({ key, label: t(`tab_${key}`) }))} />
      {bodies[tab]()}
    </>
  );
}
