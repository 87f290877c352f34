import { App, Form, Input, Modal } from "antd";

import { type Text } from "../../i18n/text";
import { ProblemNote } from "../../ui/problem-note";
import { usePublishWording, type Wording } from "./api";
import { useWords } from "./words";

interface Props {
  purpose: string;
  now: Wording | undefined;
  onClose: () => void;
}

/** A new version of the sentence people agree to. */
export function PublishWording({ purpose, now, onClose }: Props) {
  const t = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Text>();
  const publishing = usePublishWording();
  const publish = (words: Text) =>
    publishing.mutate(
      { purpose, words },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
      },
    );
  return (
    <Modal open title={t("publish")} okText={t("save")} cancelText={t("cancel")} confirmLoading={publishing.isPending} onOk={form.submit} onCancel={onClose}>
      <p className="quiet">{t("publishHint")}</p>
      {publishing.error && <ProblemNote error={publishing.error} />}
      <Form<Text> form={form} layout="vertical" requiredMark={false} initialValues={now?.words} onFinish={publish}>
        {(["en", "zh"] as const).map((language) => (
          <Form.Item key={language} name={language} label={t(`field_words_${language}`)} rules={[{ required: true, whitespace: true, message: t("needed") }]}>
            <Input.TextArea lang={language} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
