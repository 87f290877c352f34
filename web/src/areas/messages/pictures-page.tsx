import { DeleteOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { App, Button } from "antd";

import { useMay } from "../../lib/session";
import { useFormat } from "../../lib/use-format";
import { EmptyState } from "../../ui/empty-state";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { useComplain } from "../../ui/use-complain";
import { type Picture, picturesQuery, useForgetPicture } from "./api";
import { UploadButton } from "./editor/picture-picker";
import styles from "./messages.module.css";
import { ContentNav } from "./shared/content-nav";
import { useWords } from "./words";

/** The pictures mails can show. */
export function PicturesPage() {
  const t = useWords();
  const query = useInfiniteQuery(picturesQuery);
  return (
    <div className="stack">
      <PageHeader title={t("pictures")} lead={t("picturesLead")} actions={<UploadButton primary />} />
      <ContentNav />
      <Loaded query={query} skeleton={<Placeholder height={420} />}>
        {({ pages }) => {
          const pictures = pages.flatMap(({ items }) => items);
          if (pictures.length === 0)
            return (
              <Panel>
                <EmptyState title={t("noPictures")}>{t("noPicturesDetail")}</EmptyState>
              </Panel>
            );
          return (
            <ul className={styles.gallery}>
              {pictures.map((picture) => (
                <Card key={picture.name} picture={picture} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("morePictures")}
        </Button>
      )}
    </div>
  );
}

function Card({ picture }: { picture: Picture }) {
  const t = useWords();
  const { number, date } = useFormat();
  const may = useMay("messages.manage");
  const { modal } = App.useApp();
  const complain = useComplain();
  const forget = useForgetPicture();
  const ask = () =>
    void modal.confirm({
      title: t("forgetPicture", { name: picture.title }),
      okText: t("remove"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => forget.mutateAsync(picture.name).catch(complain),
    });
  return (
    <li className={styles.card}>
      <a href={picture.path} target="_blank" rel="noreferrer" className={styles.cardPicture}>
        <img src={picture.path} alt={picture.title} loading="lazy" />
      </a>
      <div className={styles.cardWords}>
        <b title={picture.title}>{picture.title}</b>
        {may && <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("forgetPicture", { name: picture.title })} onClick={ask} />}
        <span className={`${styles.small} numbers`}>
          {picture.width} × {picture.height} · {number(picture.size / 1024, picture.size < 10_240 ? 1 : 0)} KB · {date(picture.added_at)}
        </span>
      </div>
    </li>
  );
}
