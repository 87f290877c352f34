import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";

import { useSay } from "../../i18n/text";
import { rolesQuery } from "./api";
import styles from "./members.module.css";

interface Props {
  id?: string;
  label: string;
  value?: string;
  disabled?: boolean;
  onChange?: (role: string) => void;
}

/** A role with its meaning beneath its name. */
export function RoleSelect({ id, label, value, disabled, onChange }: Props) {
  const say = useSay();
  const roles = useQuery(rolesQuery).data ?? [];
  return (
    <Select
      id={id}
      aria-label={label}
      className={styles.role}
      popupMatchSelectWidth={320}
      disabled={disabled}
      value={roles.length > 0 ? value : undefined}
      optionLabelProp="label"
      options={roles.map((role) => ({ value: role.name, label: say(role.label), meaning: say(role.meaning) }))}
      optionRender={({ label: name, data }) => (
        <span className={styles.option}>
          <b>{name}</b>
          <span>{data.meaning}</span>
        </span>
      )}
      onChange={onChange}
    />
  );
}
