import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";

import { download } from "../../lib/download";
import { useComplain } from "../../ui/use-complain";
import { badRowsPath } from "./api";
import { useWords } from "./words";

/** Every refused cell with its place and reason, as a file to mend. */
export function BadRowsButton({ id }: { id: string }) {
  const t = useWords();
  const complain = useComplain();
  const save = useMutation({ mutationFn: () => download(badRowsPath(id), `bad-rows-${id}.csv`), onError: complain });
  return (
    <Button
      icon={<DownloadOutlined />}
      loading={save.isPending}
      onClick={() => {
        save.mutate();
      }}
    >
      {t("badRows")}
    </Button>
  );
}
