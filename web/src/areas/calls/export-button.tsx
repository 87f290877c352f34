import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";

import { useLanguage } from "../../i18n/use-language";
import { download } from "../../lib/download";
import { ApiError } from "../../lib/problem";
import { useMay } from "../../lib/session";
import { useWords } from "./words";

export function ExportButton() {
  const t = useWords();
  const language = useLanguage();
  const may = useMay("calls.export");
  const { message } = App.useApp();
  const save = useMutation({
    mutationFn: () => download(`/api/v1/call-list/export.xlsx?language=${language}`, "call-list.xlsx"),
    onSuccess: () => message.success(t("exported")),
    onError: (error) => message.error(error instanceof ApiError ? error.describe(language).detail : error.message),
  });
  if (!may) return null;
  return (
    <Button
      type="primary"
      icon={<DownloadOutlined />}
      loading={save.isPending}
      onClick={() => {
        save.mutate();
      }}
    >
      {t("export")}
    </Button>
  );
}
