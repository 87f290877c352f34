import { MenuOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import { useState } from "react";

import { AccountMenu } from "./account-menu";
import { NavLinks, useEntries } from "./nav-links";
import { AT_THE_BOTTOM } from "./navigation";
import styles from "./shell.module.css";
import { useWords } from "./words";

/** The phone's navigation: four places within a thumb's reach, everything else in a drawer. */
export function BottomNav() {
  const t = useWords();
  const entries = useEntries().filter(({ key }) => AT_THE_BOTTOM.has(key));
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <nav className={styles.bottom} aria-label={t("navigation")}>
      {entries.map((entry) => (
        <Link
          key={entry.key}
          to={entry.path}
          className={styles.tab}
          activeOptions={{ exact: entry.path === "/", includeSearch: false }}
          activeProps={{ "data-active": true }}
        >
          <span aria-hidden="true">{entry.icon}</span>
          {t(entry.key)}
        </Link>
      ))}
      <button
        type="button"
        className={styles.tab}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => {
          setOpen(true);
        }}
      >
        <span aria-hidden="true">
          <MenuOutlined />
        </span>
        {t("more")}
      </button>
      <Drawer placement="right" size={288} open={open} onClose={close} title={t("more")} closable={{ "aria-label": t("close") }}>
        <NavLinks onFollow={close} />
        <AccountMenu />
      </Drawer>
    </nav>
  );
}
