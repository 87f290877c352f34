import { Link, useRouterState } from "@tanstack/react-router";

import { useSession } from "../lib/session";
import { ENTRIES, type Entry, entryAt } from "./navigation";
import styles from "./shell.module.css";
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
  return groups.map((group) => (
    <div key={group} className={styles.group}>
      <p className={styles.groupName}>{t(group)}</p>
      <ul className={styles.links}>
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
  ));
}
