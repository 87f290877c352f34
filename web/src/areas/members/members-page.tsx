import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";

import { useMay } from "../../lib/session";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Panel } from "../../ui/panel";
import { Placeholder } from "../../ui/placeholder";
import { AddMember } from "./add-member";
import { membersQuery } from "./api";
import { MemberTable } from "./member-table";
import { RolesButton } from "./roles-button";
import { useWords } from "./words";

/** Who logs in, and what each of them may do. */
export function MembersPage() {
  const t = useWords();
  const may = useMay("members.manage");
  const [adding, setAdding] = useState(false);
  const query = useQuery(membersQuery);
  const actions = (
    <>
      <RolesButton />
      {may && (
        <Button type="primary" onClick={() => setAdding(true)}>
          {t("add")}
        </Button>
      )}
    </>
  );
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} actions={actions} />
      <Panel flush>
        <Loaded query={query} skeleton={<Placeholder height={320} />}>
          {({ items }) => <MemberTable members={items} />}
        </Loaded>
      </Panel>
      {adding && <AddMember onClose={() => setAdding(false)} />}
    </div>
  );
}
