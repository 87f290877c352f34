import { useContactNames } from "../../lib/contact/names";
import { type Variant } from "./api";
import { type Draft, EMPTY, type Part } from "./draft";
import { around, compare, type Line } from "./lines";
import styles from "./messages.module.css";
import { useLanguageName } from "./shared/use-language-name";
import { useWords } from "./words";

type Channels = Draft["channels"];
const PARTS: readonly Part[] = ["subject", "preheader", "mjml", "html", "text"];
const SIGNS: Record<Line["kind"], string> = { same: " ", gone: "−", new: "+" };

/** Every part that differs, line by line. */
export function Comparison({ before, after }: { before: Channels; after: Channels }) {
  const t = useWords();
  const names = useContactNames();
  const languageName = useLanguageName();
  const places = [...new Set([...placesOf(before), ...placesOf(after)])].sort();
  const changed = places.flatMap((place) => {
    const [channel = "", language = ""] = place.split(" ");
    const was = before[channel]?.[language] ?? EMPTY;
    const is = after[channel]?.[language] ?? EMPTY;
    return PARTS.filter((part) => said(was, part) !== said(is, part)).map((part) => ({ place: [names.channel(channel), languageName(language), t(`part_${part}`)].join(" · "), lines: around(compare(said(was, part), said(is, part))) }));
  });
  if (changed.length === 0) return <p className={styles.small}>{t("noDifference")}</p>;
  return changed.map(({ place, lines }) => (
    <section key={place} className={styles.difference}>
      <h3>{place}</h3>
      <div className={styles.lines} tabIndex={0} role="group" aria-label={place}>
        {lines.map((line, at) => (
          <div key={at} data-kind={line?.kind ?? "gap"}>
            {line ? (
              <>
                <span aria-hidden="true">{SIGNS[line.kind]}</span>
                {line.kind !== "same" && <span className="visually-hidden">{t(line.kind === "new" ? "added" : "removed")} </span>}
                {line.text || " "}
              </>
            ) : (
              "⋯"
            )}
          </div>
        ))}
      </div>
    </section>
  ));
}

function said(variant: Variant, part: Part): string {
  return variant[part];
}

function placesOf(channels: Channels): string[] {
  return Object.entries(channels).flatMap(([channel, languages]) => Object.keys(languages).map((language) => `${channel} ${language}`));
}
