import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";

import { useFormat } from "../../lib/use-format";
import { type CustomerList, PAGE } from "./api";
import styles from "./customers.module.css";
import { useWords } from "./words";

interface Props {
  list: CustomerList;
  page: number;
  onPrevious: () => void;
  onNext: (cursor: string) => void;
}

/** Which part of the list is on screen, and the way to the next and the previous one. */
export function Pager({ list, page, onPrevious, onNext }: Props) {
  const t = useWords();
  const { number } = useFormat();
  const first = (page - 1) * PAGE + 1;
  const next = list.next_cursor;
  const total = list.total.exact ? number(list.total.count) : t("about", { count: number(list.total.count) });
  return (
    <nav className={styles.pager} aria-label={t("pages")}>
      <span className="quiet numbers">{t("shown", { first: number(first), last: number(first + list.items.length - 1), total })}</span>
      <span className={styles.steps}>
        <Button icon={<LeftOutlined />} disabled={page === 1} onClick={onPrevious}>
          {t("previous")}
        </Button>
        <Button
          icon={<RightOutlined />}
          iconPlacement="end"
          disabled={!next}
          onClick={() => {
            if (next) onNext(next);
          }}
        >
          {t("next")}
        </Button>
      </span>
    </nav>
  );
}
