import { DownOutlined } from "@ant-design/icons";
import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { useSession } from "../lib/session";
import { ENTRIES, type Entry, entryAt } from "./navigation";
import styles from "./shell.module.css";
import { useFolded } from "./use-folded";
import { useWords } from "./words";

/** The entries this member may open. */
export function useEntries(): Entry[] {
  const permissions = useSession()?.permissions ?? [];
  return ENTRIES.filter(({ permission }) => permissions.includes(permission));
}

/** All entries in their groups, for the side and for the drawer of a phone. */
export function NavLinks({ onFollow }: { onFollow?: () => void }) {
  const t = useWords();
  const entries = useEntries();
  const here = useRouterState({ select: ({ location }) => entryAt(location.pathname) });
  const groups = [...new Set(entries.map(({ group }) => group))];
  const folded = useFolded();
  const list = useRef<HTMLDivElement>(null);
  const at = here?.key;
  useEffect(() => {
    // Where one is may lie below the fold of a small screen.
    if (at) list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div ref={list}>
      {groups.map((group) => (
        <div key={group} className={styles.group}>
          <button type="button" className={styles.groupName} aria-expanded={!folded.has(group)} onClick={() => folded.turn(group)}>
            {t(group)}
            <DownOutlined aria-hidden className={styles.fold} />
          </button>
          <ul className={styles.links} hidden={folded.has(group) && here?.group !== group}>
            {entries
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <li key={entry.key}>
                  <Link
                    to={entry.path}
                    className={styles.link}
                    data-active={entry === here || undefined}
                    aria-current={entry === here ? "page" : undefined}
                    onClick={onFollow}
                  >
                    <span className={styles.icon} aria-hidden="true">
                      {entry.icon}
                    </span>
                    {t(entry.key)}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
