import { useFormat } from "../../lib/use-format";
import { useMay, useSession } from "../../lib/session";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { useComplain } from "../../ui/use-complain";
import { type Member, useChangeMember } from "./api";
import styles from "./members.module.css";
import { MemberMenu } from "./member-menu";
import { RoleSelect } from "./role-select";
import { useWords } from "./words";

/** Everybody who logs in; whoever may manage changes roles in place. */
export function MemberTable({ members }: { members: Member[] }) {
  const t = useWords();
  const { dateTime } = useFormat();
  const may = useMay("members.manage");
  const me = useSession()?.member.id;
  const change = useChangeMember();
  const complain = useComplain();
  return (
    <DataTable<Member>
      label={t("title")}
      rowKey="id"
      pageSize={50}
      dataSource={members}
      columns={[
        {
          key: "name",
          title: t("name"),
          render: (_, { id, name, email }) => (
            <span className={styles.who}>
              <b>
                {name} {id === me && <span className="quiet">({t("you")})</span>}
              </b>
              <span className="quiet">{email}</span>
            </span>
          ),
        },
        {
          key: "role",
          title: t("role"),
          render: (_, { id, name, role, active }) => (
            <RoleSelect
              label={t("roleOf", { name })}
              value={role}
              disabled={!may || !active}
              onChange={(chosen) => change.mutate({ id, change: { role: chosen } }, { onError: complain })}
            />
          ),
        },
        { key: "active", title: t("state"), responsive: ["md"], render: (_, { active }) => <Badge tone={active ? "accent" : "plain"}>{active ? t("active") : t("inactive")}</Badge> },
        { key: "seen", title: t("seen"), responsive: ["md"], render: (_, { last_seen_at }) => (last_seen_at ? dateTime(last_seen_at) : t("never")) },
        { key: "menu", title: <span className="visually-hidden">{t("more")}</span>, align: "right", render: (_, member) => may && <MemberMenu member={member} own={member.id === me} /> },
      ]}
    />
  );
}
