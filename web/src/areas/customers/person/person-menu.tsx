import { DeleteOutlined, DownloadOutlined, MoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";

import { useMay } from "../../../lib/session";
import { useComplain } from "../../../ui/use-complain";
import { type Profile } from "../api";
import { useExport } from "./api";
import { EraseDialog } from "./erase-dialog";
import { useWords } from "./words";

/** What only an owner may do with a person as a whole: hand out everything known, or erase it. */
export function PersonMenu({ profile }: { profile: Profile }) {
  const t = useWords();
  const may = useMay("persons.manage");
  const { message } = App.useApp();
  const complain = useComplain();
  const [erasing, setErasing] = useState(false);
  const everything = useExport(profile.id);
  if (!may) return null;
  const items = [
    {
      key: "export",
      icon: <DownloadOutlined />,
      label: t("export"),
      onClick: () => everything.mutate(undefined, { onSuccess: () => void message.success(t("exported")), onError: complain }),
    },
    { type: "divider" as const },
    { key: "erase", icon: <DeleteOutlined />, label: t("erase"), danger: true, onClick: () => setErasing(true) },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
        <Button icon={<MoreOutlined />} loading={everything.isPending}>
          {t("menu")}
        </Button>
      </Dropdown>
      {erasing && <EraseDialog profile={profile} onClose={() => setErasing(false)} />}
    </>
  );
}
