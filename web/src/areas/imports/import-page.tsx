import { LeftOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";

import { useFormat } from "../../lib/use-format";
import { useMay } from "../../lib/session";
import { Loaded } from "../../ui/loaded";
import { PageHeader } from "../../ui/page-header";
import { Placeholder } from "../../ui/placeholder";
import { type Import, importQuery } from "./api";
import { Failure } from "./failure";
import { Interrupted } from "./interrupted";
import { Preparing } from "./preparing";
import { Result } from "./result";
import { Running } from "./running";
import { StateBadge } from "./state-badge";
import { Undone } from "./undone";
import { useWords } from "./words";

const route = getRouteApi("/desk/imports/$importId");

/** While it is in one of these, the file waits for somebody's word. */
const OPEN = new Set<Import["state"]>(["uploaded", "previewed", "failed"]);

/** One file on its way in: understood, looked at, carried out, told. */
export function ImportPage() {
  const t = useWords();
  const { importId } = route.useParams();
  const query = useQuery(importQuery(importId));
  return (
    <div className="stack">
      <p>
        <Link to="/imports" className="quiet" style={{ textDecoration: "none" }}>
          <LeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      <Loaded query={query} skeleton={<Placeholder height={760} />}>
        {(told) => <Whole told={told} />}
      </Loaded>
    </div>
  );
}

function Whole({ told }: { told: Import }) {
  const t = useWords();
  const { dateTime, number } = useFormat();
  const may = useMay("imports.write");
  const lead = t("fileLead", { rows: number(told.rows), columns: number(told.columns.length), at: dateTime(told.created_at) });
  return (
    <div className="stack">
      <PageHeader title={told.file_name} lead={lead} actions={<StateBadge state={told.state} />} />
      {OPEN.has(told.state) ? <Open told={told} may={may} /> : <Begun told={told} may={may} />}
    </div>
  );
}

interface Props {
  told: Import;
  may: boolean;
}

/** Not carried out yet, or not to the end. */
function Open({ told, may }: Props) {
  if (told.error?.code === "interrupted") return <Interrupted told={told} may={may} />;
  return (
    <>
      {told.state === "failed" && told.error && <Failure error={told.error} />}
      {may && <Preparing key={`${told.kind} ${told.sheet ?? ""}`} told={told} />}
    </>
  );
}

function Begun({ told, may }: Props) {
  return (
    <>
      {told.state === "running" && told.run_id && <Running id={told.id} runId={told.run_id} />}
      {told.state === "done" && told.counts && <Result told={told} counts={told.counts} />}
      {told.state === "undone" && <Undone may={may} />}
    </>
  );
}
