import {
  BranchesOutlined,
  CloudUploadOutlined,
  CreditCardOutlined,
  CustomerServiceOutlined,
  EyeOutlined,
  GiftOutlined,
  MailOutlined,
  MessageOutlined,
  RadarChartOutlined,
  RollbackOutlined,
  ShoppingOutlined,
  SyncOutlined,
} from "@ant-design/icons";
import { type ReactNode } from "react";

import { useSay } from "../../i18n/text";
import { useFormat } from "../../lib/use-format";
import { type TimelineEntry } from "./api";
import { type Kind } from "./timeline-days";
import styles from "./timeline.module.css";
import { useWords } from "./words";

const ICONS: Record<Kind, ReactNode> = {
  order: <ShoppingOutlined />,
  return: <RollbackOutlined />,
  payment: <CreditCardOutlined />,
  subscription: <SyncOutlined />,
  event: <EyeOutlined />,
  ticket: <CustomerServiceOutlined />,
  feedback: <MessageOutlined />,
  message: <MailOutlined />,
  points: <GiftOutlined />,
  score: <RadarChartOutlined />,
  merge: <BranchesOutlined />,
  import: <CloudUploadOutlined />,
};

/** One thing that happened. */
export function TimelineItem({ entry }: { entry: TimelineEntry }) {
  const t = useWords();
  const say = useSay();
  const { money, time } = useFormat();
  return (
    <li className={styles.entry}>
      <span className={styles.icon} title={t(`kind_${entry.kind}`)} aria-hidden="true">
        {ICONS[entry.kind]}
      </span>
      <div className={styles.words}>
        <span className="visually-hidden">{t(`kind_${entry.kind}`)}: </span>
        {say(entry.title)}
        {entry.detail && <p className="quiet">{say(entry.detail)}</p>}
      </div>
      <div className={`${styles.side} numbers`}>
        {entry.amount !== null && <b>{money(entry.amount, entry.currency ?? undefined)}</b>}
        <time dateTime={entry.at}>{time(entry.at)}</time>
      </div>
    </li>
  );
}
