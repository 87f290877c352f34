import { QuestionCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";

import { useSay } from "../../i18n/text";
import { Loaded } from "../../ui/loaded";
import { rolesQuery } from "./api";
import styles from "./members.module.css";
import { useWords } from "./words";

/** What each role may do, one press away. */
export function RolesButton() {
  const t = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<QuestionCircleOutlined />} onClick={() => setOpen(true)}>
        {t("roles")}
      </Button>
      <Modal open={open} title={t("roles")} footer={null} onCancel={() => setOpen(false)}>
        <RoleList />
      </Modal>
    </>
  );
}

function RoleList() {
  const t = useWords();
  const say = useSay();
  const query = useQuery(rolesQuery);
  return (
    <Loaded query={query}>
      {(roles) => (
        <dl className={styles.roles}>
          {roles.map(({ name, label, meaning, permissions }) => (
            <div key={name}>
              <dt>{say(label)}</dt>
              <dd>{say(meaning)}</dd>
              <dd className="quiet">{t("permissions", { count: permissions.length })}</dd>
            </div>
          ))}
        </dl>
      )}
    </Loaded>
  );
}
