import { useQuery } from "@tanstack/react-query";
import { App, DatePicker, Form, Input, Modal, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";

import { useSay } from "../../../i18n/text";
import { consentQuery } from "../../../lib/contact/lists";
import { ANY, BASES, CHANNELS, useContactNames } from "../../../lib/contact/names";
import { ProblemNote } from "../../../ui/problem-note";
import { type NewWord, useSayWord } from "./api";
import { useWords } from "./words";

interface Said {
  purpose: string;
  channel: string;
  state: NewWord["state"];
  basis: NewWord["basis"];
  at: Dayjs | null;
  proof: string;
}

/** Write down what a customer said, with the ground and the proof. */
export function AddWord({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useWords();
  const say = useSay();
  const names = useContactNames();
  const { message } = App.useApp();
  const [form] = Form.useForm<Said>();
  const saying = useSayWord(id);
  const lists = useQuery(consentQuery).data?.purposes ?? [];
  const save = ({ at, proof, ...word }: Said) =>
    saying.mutate(
      { ...word, at: at ? at.toISOString() : null, proof: { note: proof.trim() } },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
      },
    );
  return (
    <Modal open title={t("add")} okText={t("save")} cancelText={t("cancel")} confirmLoading={saying.isPending} onOk={form.submit} onCancel={onClose}>
      {saying.error && <ProblemNote error={saying.error} />}
      <Form<Said> form={form} layout="vertical" requiredMark={false} initialValues={{ purpose: ANY, channel: "email", state: "granted", basis: "consent", proof: "" }} onFinish={save}>
        <Form.Item name="state" label={t("state")}>
          <Radio.Group options={(["granted", "withdrawn"] as const).map((one) => ({ value: one, label: names.word(one) }))} />
        </Form.Item>
        <Form.Item name="purpose" label={t("purpose")}>
          <Select aria-label={t("purpose")} options={[{ value: ANY, label: names.purpose(ANY) }, ...lists.map((list) => ({ value: list.name, label: say(list.label) }))]} />
        </Form.Item>
        <Form.Item name="channel" label={t("channel")}>
          <Select aria-label={t("channel")} options={[...CHANNELS, ANY].map((one) => ({ value: one, label: names.channel(one) }))} />
        </Form.Item>
        <Form.Item name="basis" label={t("basis")}>
          <Select aria-label={t("basis")} options={BASES.map((one) => ({ value: one, label: names.basis(one) }))} />
        </Form.Item>
        <Form.Item name="at" label={t("at")}>
          <DatePicker aria-label={t("at")} showTime={{ format: "HH:mm" }} maxDate={dayjs()} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="proof" label={t("proof")} extra={t("proofHint")} rules={[{ required: true, whitespace: true, message: t("needed") }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
