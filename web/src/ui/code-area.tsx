import { type KeyboardEvent, type Ref } from "react";

import styles from "./code-area.module.css";

interface Props {
  value: string;
  label: string;
  onChange: (value: string) => void;
  /** Lines to point at, by their number from 1. */
  marks?: ReadonlyMap<number, string>;
  disabled?: boolean;
  invalid?: boolean;
  rows?: number;
  ref?: Ref<HTMLTextAreaElement>;
  /** Read out with the field, such as the list of what is wrong. */
  describedBy?: string;
}

const PIECES = /(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|<\/?[a-zA-Z][\w-]*|\/?>)/g;

/**
 * A text with numbered lines, its templates coloured and some lines marked.
 *
 * It is the browser's own text box, so that typing Chinese, undo, spelling and screen readers work as everywhere; the
 * colours lie behind it, in the same letters.
 */
export function CodeArea({ value, label, onChange, marks = new Map(), disabled, invalid, rows = 6, ref, describedBy }: Props) {
  const lines = value.split("\n");
  return (
    <div className={styles.frame} data-invalid={invalid || undefined}>
      <div className={styles.sheet} style={{ "--rows": rows, "--digits": String(lines.length).length } as React.CSSProperties}>
        <div className={styles.behind} aria-hidden="true">
          {lines.map((line, at) => (
            <div key={at} className={styles.line} data-marked={marks.has(at + 1) || undefined} title={marks.get(at + 1)}>
              {coloured(line)}
              {"\u200b"}
            </div>
          ))}
        </div>
        <textarea
          ref={ref}
          className={styles.text}
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          disabled={disabled}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          onKeyDown={indent}
        />
      </div>
    </div>
  );
}

function coloured(line: string) {
  return line.split(PIECES).map((piece, at) => {
    const kind = kindOf(piece);
    return kind ? (
      <span key={at} className={styles[kind]}>
        {piece}
      </span>
    ) : (
      piece
    );
  });
}

function kindOf(piece: string): "value" | "logic" | "tag" | null {
  if (piece.startsWith("{{")) return "value";
  if (piece.startsWith("{%")) return "logic";
  return /^(<\/?[a-zA-Z]|\/?>$)/.test(piece) ? "tag" : null;
}

/** A new line begins below the beginning of the one before. Tab keeps moving on, as everywhere on the page. */
function indent(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== "Enter" || event.nativeEvent.isComposing || event.shiftKey) return;
  const area = event.currentTarget;
  const before = area.value.slice(0, area.selectionStart).split("\n").at(-1) ?? "";
  const space = /^[ \t]*/.exec(before)?.[0] ?? "";
  if (space === "") return;
  event.preventDefault();
  writeInto(area, `\n${space}`);
}

/** Write at the cursor of a text box, as if it had been typed. */
export function writeInto(area: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  area.focus();
  area.setRangeText(text, area.selectionStart ?? area.value.length, area.selectionEnd ?? area.value.length, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Put the cursor at the beginning of a line and bring it into view. */
export function goToLine(area: HTMLTextAreaElement, line: number): void {
  const at = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(at, at);
  const frame = area.parentElement?.parentElement;
  const row = area.previousElementSibling?.children[line - 1];
  if (frame && row instanceof HTMLElement) frame.scrollTop = Math.max(0, row.offsetTop - frame.clientHeight / 3);
}
