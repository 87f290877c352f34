import { UploadOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";

import { useMay } from "../../../lib/session";
import { Loaded } from "../../../ui/loaded";
import { Placeholder } from "../../../ui/placeholder";
import { useComplain } from "../../../ui/use-complain";
import { type Picture, picturesQuery, useUploadPicture } from "../api";
import styles from "../messages.module.css";
import { useWords } from "../words";

const TAKEN = "image/png,image/jpeg,image/gif,image/webp";

/** Choose a picture that is there, or bring one. */
export function PicturePicker({ onChoose }: { onChoose: (picture: Picture) => void }) {
  const t = useWords();
  const query = useInfiniteQuery(picturesQuery);
  return (
    <div className={styles.picker}>
      <UploadButton onDone={onChoose} />
      <Loaded query={query} skeleton={<Placeholder height={120} />}>
        {({ pages }) => {
          const pictures = pages.flatMap(({ items }) => items);
          if (pictures.length === 0) return <p className="quiet">{t("noPictures")}</p>;
          return (
            <ul className={styles.thumbs}>
              {pictures.map((picture) => (
                <li key={picture.name}>
                  <button type="button" title={picture.title} onClick={() => onChoose(picture)}>
                    <img src={picture.path} alt={picture.title} loading="lazy" />
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </div>
  );
}

/** Bring a picture from this machine; why one was refused is said above the page. */
export function UploadButton({ onDone, primary }: { onDone?: (picture: Picture) => void; primary?: boolean }) {
  const t = useWords();
  const may = useMay("messages.manage");
  const uploading = useUploadPicture();
  const complain = useComplain();
  if (!may) return null;
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) uploading.mutate(file, { onSuccess: (picture) => onDone?.(picture), onError: complain });
  };
  return (
    <label className={styles.upload}>
      <input
        type="file"
        accept={TAKEN}
        className="visually-hidden"
        onChange={({ target }) => {
          take(target.files);
          target.value = "";
        }}
      />
      <Button type={primary ? "primary" : "default"} size={primary ? "middle" : "small"} icon={<UploadOutlined />} loading={uploading.isPending} tabIndex={-1} onClick={({ currentTarget }) => currentTarget.closest("label")?.querySelector("input")?.click()}>
        {t("upload")}
      </Button>
    </label>
  );
}
