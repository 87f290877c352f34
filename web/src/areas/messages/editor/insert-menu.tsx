import { DownOutlined } from "@ant-design/icons";
import { Button, Input, Popover, Segmented } from "antd";
import { useState } from "react";

import styles from "../messages.module.css";
import { useWords } from "../words";
import { PicturePicker } from "./picture-picker";
import { useInserts } from "./use-inserts";

interface Props {
  mail: boolean;
  mjml: boolean;
  onInsert: (text: string) => void;
}

const KINDS = ["values", "blocks", "elements", "pictures"] as const;

/** Everything that can be put into the words, each with what it means. */
export function InsertMenu({ mail, mjml, onInsert }: Props) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const put = (text: string) => {
    setOpen(false);
    onInsert(text);
  };
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} destroyOnHidden content={<Choices mail={mail} mjml={mjml} onInsert={put} />}>
      <Button size="small" aria-haspopup="dialog" aria-expanded={open}>
        {t("insert")} <DownOutlined aria-hidden />
      </Button>
    </Popover>
  );
}

function Choices({ mail, mjml, onInsert }: Props) {
  const t = useWords();
  const [kind, setKind] = useState<(typeof KINDS)[number]>("values");
  const [words, setWords] = useState("");
  const kinds = KINDS.filter((one) => mail || (one !== "pictures" && one !== "elements"));
  return (
    <div className={styles.insert}>
      <Segmented size="small" block value={kind} options={kinds.map((one) => ({ value: one, label: t(`insert_${one}`) }))} onChange={setKind} />
      {kind === "pictures" ? (
        <PicturePicker onChoose={({ name, title }) => onInsert(pictureCode(name, title, mjml))} />
      ) : (
        <>
          <Input size="small" allowClear aria-label={t("look")} placeholder={t("look")} value={words} onChange={({ target }) => setWords(target.value)} />
          <List kind={kind} mjml={mjml} words={words.trim().toLowerCase()} onInsert={onInsert} />
        </>
      )}
    </div>
  );
}

function List({ kind, mjml, words, onInsert }: { kind: "values" | "blocks" | "elements"; mjml: boolean; words: string; onInsert: (text: string) => void }) {
  const t = useWords();
  const found = useInserts(kind, mjml).filter(({ name, meaning }) => `${name} ${meaning}`.toLowerCase().includes(words));
  if (found.length === 0) return <p className="quiet">{t("nothingFound")}</p>;
  return (
    <ul className={styles.inserts}>
      {found.map(({ name, meaning, code }) => (
        <li key={name}>
          <button type="button" onClick={() => onInsert(code)}>
            <span>{meaning}</span>
            <code>{name}</code>
          </button>
        </li>
      ))}
    </ul>
  );
}

function pictureCode(name: string, title: string, mjml: boolean): string {
  const alt = title.replace(/\.\w+$/, "").replace(/["<>&]/g, "");
  const source = `src="{{ media.url }}/${name}" alt="${alt}"`;
  return mjml ? `<mj-image ${source} />` : `<img ${source} style="max-width:100%" />`;
}
