import { MoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";

import { useComplain } from "../../ui/use-complain";
import { type Member, useChangeMember } from "./api";
import { NewPassword } from "./new-password";
import { useWords } from "./words";

/** What else can be done with a member: a new password, leave, come back. */
export function MemberMenu({ member, own }: { member: Member; own: boolean }) {
  const t = useWords();
  const { modal, message } = App.useApp();
  const change = useChangeMember();
  const complain = useComplain();
  const [password, setPassword] = useState(false);
  const { id, name, active } = member;
  const deactivate = () =>
    void modal.confirm({
      title: t("deactivateTitle", { name }),
      content: t("deactivateDetail"),
      okText: t("deactivate"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => change.mutateAsync({ id, change: { active: false } }).then(() => void message.success(t("deactivated", { name })), complain),
    });
  const items = [
    { key: "password", label: t("newPassword"), disabled: own, onClick: () => setPassword(true) },
    active
      ? { key: "deactivate", label: t("deactivate"), danger: true, disabled: own, onClick: deactivate }
      : { key: "activate", label: t("activate"), onClick: () => change.mutate({ id, change: { active: true } }, { onError: complain }) },
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }} placement="bottomRight">
        <Button type="text" icon={<MoreOutlined />} aria-label={t("moreFor", { name })} />
      </Dropdown>
      {password && <NewPassword member={member} onClose={() => setPassword(false)} />}
    </>
  );
}
