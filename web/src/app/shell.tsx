import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { useSession } from "../lib/session";
import { EmptyState } from "../ui/empty-state";
import { Mark } from "../ui/mark";
import { AccountMenu } from "./account-menu";
import { BottomNav } from "./bottom-nav";
import { NavLinks } from "./nav-links";
import { entryAt } from "./navigation";
import styles from "./shell.module.css";
import { useWords } from "./words";

/** The frame around every page behind the log-in. */
export function Shell() {
  const t = useWords();
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const entry = entryAt(pathname);
  const session = useSession();
  const allowed = !entry || (session?.permissions.includes(entry.permission) ?? false);

  useEffect(() => {
    document.title = entry ? `${t(entry.key)} · ${t("product")}` : t("product");
    window.scrollTo(0, 0);
  }, [entry, t, pathname]);

  return (
    <div className={styles.shell}>
      <a
        href="#content"
        className={styles.skip}
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t("skip")}
      </a>
      <aside className={styles.side}>
        <Brand />
        <nav aria-label={t("navigation")} className={styles.nav}>
          <NavLinks />
        </nav>
        <AccountMenu />
      </aside>
      <header className={styles.top}>
        <Brand />
      </header>
      <main id="content" ref={main} tabIndex={-1} className={styles.main}>
        {allowed ? <Outlet /> : <EmptyState title={t("forbidden")}>{t("forbiddenDetail")}</EmptyState>}
      </main>
      <BottomNav />
    </div>
  );
}

function Brand() {
  const t = useWords();
  const workspace = useSession()?.workspace;
  return (
    <Link to="/" className={styles.brand}>
      <Mark size={32} />
      <span>
        <b>{t("product")}</b>
        <span className={styles.workspace}>{workspace?.demo ? t("demo") : workspace?.name}</span>
      </span>
    </Link>
  );
}
