import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Drawer } from "antd";
import { useState } from "react";

import { newKey } from "../../../lib/http";
import { useFormat } from "../../../lib/use-format";
import { useSettled } from "../../../lib/use-settled";
import { Loaded } from "../../../ui/loaded";
import { Placeholder } from "../../../ui/placeholder";
import { ProblemNote } from "../../../ui/problem-note";
import { type Message } from "../api";
import { useWords } from "../words";
import { type Forecast, rehearsalQuery, type SendRequest, useSend } from "./api";
import { type Choice, requestOf } from "./asking";
import { ChoiceForm } from "./choice-form";
import { ForecastTable } from "./forecast-table";

/** To whom, when, and what would become of it; then, and only then, the asking. */
export function SendDrawer({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useWords();
  const [occasion] = useState(() => new Date().toISOString().slice(0, 16));
  const [choice, setChoice] = useState<Choice>(() => ({ channel: firstChannel(message), to: "list", some: [], due: null, stale: null, again: false, reason: "", given: {} }));
  const body = requestOf(useSettled(choice, 300), message, occasion);
  const query = useQuery(rehearsalQuery(body));
  return (
    <Drawer title={t("sendTitle", { name: message.name, version: message.published ?? 0 })} open size="min(720px, 100vw)" onClose={onClose} closable={{ "aria-label": t("close") }} footer={<Confirm body={body} forecast={query.data} onClose={onClose} />}>
      <div className="stack">
        <ChoiceForm message={message} choice={choice} onChange={(part) => setChoice({ ...choice, ...part })} />
        {body ? (
          <Loaded query={query} skeleton={<Placeholder height={220} />}>
            {(forecast) => forecast && <ForecastTable forecast={forecast} />}
          </Loaded>
        ) : (
          <p className="quiet">{t("chooseFirst")}</p>
        )}
      </div>
    </Drawer>
  );
}

function firstChannel({ channels }: Message): string {
  return "email" in channels ? "email" : (Object.keys(channels)[0] ?? "email");
}

/** The one button that asks for the sends; pressing it twice asks once. */
function Confirm({ body, forecast, onClose }: { body: SendRequest | null; forecast: Forecast | null | undefined; onClose: () => void }) {
  const t = useWords();
  const { number } = useFormat();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const sending = useSend();
  const [key] = useState(newKey);
  const count = forecast ? willBeAsked(forecast) : 0;
  const send = () => {
    if (!body) return;
    sending.mutate(
      { body, key: `${key}-${JSON.stringify(body).length}` },
      {
        onSuccess: ({ message: id }) => {
          void message.success(t("asked"));
          onClose();
          void navigate({ to: "/messages/$messageId", params: { messageId: id }, search: { tab: "results" } });
        },
      },
    );
  };
  return (
    <div className="stack" style={{ gap: 10 }}>
      {sending.error && <ProblemNote error={sending.error} />}
      <div style={{ display: "flex", gap: 8, justifyContent: "flex-end" }}>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button type="primary" disabled={!body || count === 0} loading={sending.isPending} onClick={send}>
          {forecast && body ? t(forecast.sampled ? "sendToAbout" : "sendTo", { count: number(count) }) : t("send")}
        </Button>
      </div>
    </div>
  );
}

/** How many the asking queues: all but who had it before. */
function willBeAsked({ customers, outcomes }: Forecast): number {
  return customers - (outcomes.find(({ outcome }) => outcome === "before")?.estimate ?? 0);
}
