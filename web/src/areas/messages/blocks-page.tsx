import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { Badge } from "../../ui/badge";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { type Block, blocksQuery } from "./api";
import { BlockEditor } from "./block-editor";
import styles from "./messages.module.css";
import { ContentNav } from "./shared/content-nav";
import { useLanguageName } from "./shared/use-language-name";
import { useWords } from "./words";

const NEW: Block = { name: "", own: true, languages: { en: { mail: "", text: "" } } };

/** Pieces many messages share. */
export function BlocksPage() {
  const t = useWords();
  const may = useMay("messages.manage");
  const query = useQuery(blocksQuery);
  const [open, setOpen] = useState<Block | null>(null);
  const add = may && (
    <Button type="primary" onClick={() => setOpen(NEW)}>
      {t("newBlock")}
    </Button>
  );
  return (
    <div className="stack">
      <PageHeader title={t("blocks")} lead={t("blocksLead")} actions={add} />
      <ContentNav />
      <Loaded query={query} skeleton={<Placeholder height={420} />}>
        {({ items }) => (
          <Panel>
            <ul className={styles.blocks}>
              {items.map((block) => (
                <Row key={block.name} block={block} onOpen={() => setOpen(block)} />
              ))}
            </ul>
          </Panel>
        )}
      </Loaded>
      {open && <BlockEditor block={open} may={may} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Row({ block, onOpen }: { block: Block; onOpen: () => void }) {
  const t = useWords();
  const nameOf = useLanguageName();
  const code = `{% render "${block.name}" %}`;
  return (
    <li className={styles.block}>
      <div>
        <b>{block.name}</b> <Badge tone={block.own ? "accent" : "plain"}>{block.own ? t("ownBlock") : t("givenBlock")}</Badge>
        <p className={styles.small}>
          {Object.keys(block.languages).map(nameOf).join(" · ")} · <code>{code}</code>
        </p>
      </div>
      <Button size="small" aria-label={t("openBlock", { name: block.name })} onClick={onOpen}>
        {t("open")}
      </Button>
    </li>
  );
}
