import { useFormat } from "../../../lib/use-format";
import { type Preview as Seen } from "../api";
import styles from "../messages.module.css";
import { useLanguageName } from "../shared/use-language-name";
import { useWords } from "../words";
import { MailFrame } from "./mail-frame";
import { noticeOf } from "./notice";
import { TextVerdict } from "./text-verdict";

export type Look = "wide" | "narrow" | "plain";

interface Props {
  preview: Seen;
  look: Look;
  transactional: boolean;
  shortLinks: boolean;
}

/** A message as it arrives, with what does not fit the customer it is seen as. */
export function Preview({ preview, look, transactional, shortLinks }: Props) {
  const mail = preview.channel === "email";
  return (
    <div className={styles.arrived}>
      <ReadAs preview={preview} />
      <Missing preview={preview} />
      {mail ? <Mail preview={preview} look={look} /> : preview.channel === "in_app" ? <Banner preview={preview} /> : <Bubble preview={preview} />}
      {preview.channel === "sms" && <TextVerdict text={preview.text} kind={transactional ? "notice" : "marketing"} shortLinks={shortLinks} />}
    </div>
  );
}

function ReadAs({ preview: { wanted, language } }: { preview: Seen }) {
  const t = useWords();
  const nameOf = useLanguageName();
  if (wanted === language) return null;
  const spoken = { wanted: nameOf(wanted), read: nameOf(language) };
  const borrowed = wanted.split("-")[0] !== language.split("-")[0];
  return borrowed ? <p className={styles.note}>{t("borrowed", spoken)}</p> : <p className={styles.small}>{t("nearest", spoken)}</p>;
}

function Missing({ preview: { missing } }: { preview: Seen }) {
  const t = useWords();
  if (missing.length === 0) return null;
  return (
    <div className={styles.note} role="status">
      <p>{t("missing")}</p>
      <ul>
        {missing.map(({ what, line }) => (
          <li key={what}>
            <code>{what}</code> {line !== null && t("line", { line })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Mail({ preview, look }: { preview: Seen; look: Look }) {
  const t = useWords();
  const { number } = useFormat();
  const { html, subject, text, bytes, clipped, language } = preview;
  return (
    <>
      <p className={styles.subject}>{subject || "–"}</p>
      {html && look !== "plain" ? (
        <MailFrame html={html} narrow={look === "narrow"} />
      ) : (
        <div className={styles.plain} lang={language}>
          {text}
        </div>
      )}
      <p className={styles.small}>
        {html ? t("size", { size: number(bytes / 1024, 1) }) : t("noHtml")} {clipped && <b className={styles.wrong}>{t("clipped")}</b>}
      </p>
    </>
  );
}

/** As the page shows it: the title, the words, and the button a last line makes. */
function Banner({ preview: { subject, text, language } }: { preview: Seen }) {
  const { words, button } = noticeOf(text);
  return (
    <div className={styles.banner} lang={language}>
      {subject && <b>{subject}</b>}
      <p>{words}</p>
      {button && <span className={styles.bannerButton}>{button}</span>}
    </div>
  );
}

function Bubble({ preview: { subject, text, language } }: { preview: Seen }) {
  return (
    <div className={styles.bubble} lang={language}>
      {subject && <b>{`${subject}\n`}</b>}
      {text}
    </div>
  );
}
