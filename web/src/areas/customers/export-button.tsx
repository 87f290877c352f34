import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";

import { download } from "../../lib/download";
import { useMay } from "../../lib/session";
import { useComplain } from "../../ui/use-complain";
import { type CustomersSearch, toQuery } from "./search";
import { useWords } from "./words";

/** Everything the list would show, as an Excel file. */
export function ExportButton({ search }: { search: CustomersSearch }) {
  const t = useWords();
  const may = useMay("customers.export");
  const complain = useComplain();
  const { message } = App.useApp();
  const save = useMutation({
    mutationFn: () => download(`/api/v1/customers/export.xlsx?${exportParameters(search)}`, "customers.xlsx"),
    onSuccess: () => message.success(t("exported")),
    onError: complain,
  });
  if (!may) return null;
  return (
    <Button
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

/** The export takes the question of the list, from its beginning. */
export function exportParameters(search: CustomersSearch): string {
  const { q, filter, sort } = toQuery(search);
  const told = Object.entries({ q, filter, sort }).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return new URLSearchParams(told).toString();
}
