import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { useState } from "react";

import { CHANNELS, useContactNames } from "../../../lib/contact/names";
import { consentQuery } from "../../../lib/contact/lists";
import { downloadWhy, whyQuery } from "../../../lib/contact/why";
import { SENDS_PATH } from "../../../lib/paths";
import { useFormat } from "../../../lib/use-format";
import { useSay } from "../../../i18n/text";
import { Field } from "../../../ui/field";
import { useComplain } from "../../../ui/use-complain";
import { WhyDrawer } from "../../../ui/why/why-drawer";
import { useWords } from "./words";

/** Opens the drawer that answers why a customer gets messages or does not. */
export function WhyButton({ id }: { id: string }) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const { dateTime } = useFormat();
  const complain = useComplain();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState({ channel: "email", purpose: "marketing" });
  const question = { customer_id: id, ...asked };
  const query = useQuery({ ...whyQuery(question), enabled: open, placeholderData: keepPreviousData });
  const lists = useQuery(consentQuery).data?.purposes ?? [];
  return (
    <>
      <Link to={SENDS_PATH} search={{ customer: id } as never}>
        {t("sends")}
      </Link>
      <Button size="small" type="primary" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t("why")}
      </Button>
      <WhyDrawer
        title={t("whyTitle")}
        open={open}
        onClose={() => setOpen(false)}
        onDownload={() => void downloadWhy(question).catch(complain)}
        query={query}
        spoken={{ when: dateTime, channel: names.channel, event: names.event }}
        controls={
          <div className="controls">
            <Field label={t("channel")}>
              <Select aria-label={t("channel")} style={{ width: 150 }} value={asked.channel} options={CHANNELS.map((one) => ({ value: one, label: names.channel(one) }))} onChange={(channel) => setAsked({ ...asked, channel })} />
            </Field>
            <Field label={t("purpose")}>
              <Select aria-label={t("purpose")} style={{ width: 190 }} value={asked.purpose} options={lists.map((list) => ({ value: list.name, label: say(list.label) }))} onChange={(purpose) => setAsked({ ...asked, purpose })} />
            </Field>
          </div>
        }
      />
    </>
  );
}
