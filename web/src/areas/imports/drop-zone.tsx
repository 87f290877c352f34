import { CloudUploadOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import { Spin, Upload } from "antd";

import { ProblemNote } from "../../ui/problem-note";
import { useUpload } from "./api";
import styles from "./imports.module.css";
import { useWords } from "./words";

const FORMS = ".csv,.tsv,.txt,.xlsx,.xls,.xlsb,.ods,.parquet,.jsonl,.ndjson,.gz";

/** Drop a file or choose one; it is read at once, and nothing is stored until it was looked at. */
export function DropZone() {
  const t = useWords();
  const navigate = useNavigate();
  const upload = useUpload();
  return (
    <div className="stack">
      <Upload.Dragger
          className={styles.zone}
        accept={FORMS}
        showUploadList={false}
        disabled={upload.isPending}
        beforeUpload={(file) => {
          upload.mutate(file, { onSuccess: ({ id }) => void navigate({ to: "/imports/$importId", params: { importId: id } }) });
          return false;
        }}
      >
        <div className={styles.drop}>
          <span className={styles.dropIcon}>{upload.isPending ? <Spin /> : <CloudUploadOutlined aria-hidden />}</span>
          <p className={styles.dropTitle} aria-live="polite">
            {upload.isPending ? t("reading") : t("drop")}
          </p>
          <p className="quiet">{t("forms")}</p>
        </div>
      </Upload.Dragger>
      {upload.error && <ProblemNote error={upload.error} />}
    </div>
  );
}
