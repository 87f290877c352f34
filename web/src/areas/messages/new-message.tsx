import { useNavigate } from "@tanstack/react-router";
import { Form, Input, Modal, Radio } from "antd";

import { useLanguage } from "../../i18n/use-language";
import { useFieldError } from "../../lib/use-field-error";
import { ProblemNote } from "../../ui/problem-note";
import { useMakeMessage } from "./api";
import styles from "./messages.module.css";
import { contentOf, type Start, STARTS } from "./starts";
import { useWords } from "./words";

interface Values {
  name: string;
  start: Start;
}

/** Begin a message: its name, and what it looks like at first. */
export function NewMessage({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const making = useMakeMessage();
  const wrong = useFieldError(making.error)("/name");
  const make = ({ name, start }: Values) =>
    making.mutate(
      { name, purpose: "marketing", category: "", tags: [], transactional: false, tracked: true, short_links: true, channels: contentOf(start, language) },
      { onSuccess: ({ id }) => void navigate({ to: "/messages/$messageId", params: { messageId: id } }) },
    );
  return (
    <Modal open title={t("newMessage")} okText={t("begin")} cancelText={t("cancel")} confirmLoading={making.isPending} onOk={form.submit} onCancel={onClose}>
      {making.error && !wrong && <ProblemNote error={making.error} />}
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={{ name: "", start: "news" }} onFinish={make}>
        <Form.Item name="name" label={t("name")} extra={t("nameHint")} rules={[{ required: true, whitespace: true, message: t("needed") }]} validateStatus={wrong ? "error" : undefined} help={wrong}>
          <Input autoFocus autoComplete="off" maxLength={120} />
        </Form.Item>
        <Form.Item name="start" label={t("start")}>
          <Radio.Group className={styles.starts}>
            {STARTS.map((start) => (
              <Radio key={start} value={start}>
                {t(`start_${start}`)}
                <span className={styles.startHint}>{t(`startHint_${start}`)}</span>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
      </Form>
    </Modal>
  );
}
