import { useQuery } from "@tanstack/react-query";
import { App, Button, Modal, Select } from "antd";
import { useState } from "react";

import { ProblemNote } from "../../ui/problem-note";
import { useComplain } from "../../ui/use-complain";
import { matchesQuery, type Profile, useMerge, useUnmerge } from "./api";
import { useCustomerName } from "./use-customer-name";
import { useWords } from "./words";

/** Find the other record of the same person and make them one; it can be undone at once and later. */
export function MergeDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const t = useWords();
  const nameOf = useCustomerName();
  const [words, setWords] = useState("");
  const [other, setOther] = useState<string | null>(null);
  const found = useQuery(matchesQuery(words)).data?.items.filter(({ id }) => id !== profile.id) ?? [];
  const merge = useMerge(profile.id);
  const offerUndo = useOfferUndo(profile);
  const chosen = found.find(({ id }) => id === other);
  return (
    <Modal
      open
      title={t("mergeTitle", { name: nameOf(profile) })}
      okText={t("mergeConfirm")}
      okButtonProps={{ disabled: other === null }}
      cancelText={t("cancel")}
      confirmLoading={merge.isPending}
      onCancel={onClose}
      onOk={() => {
        if (other === null) return;
        merge.mutate(other, {
          onSuccess: ({ merge_id }) => {
            onClose();
            offerUndo(merge_id);
          },
        });
      }}
    >
      <div style={{ display: "grid", gap: 12, padding: "8px 0 4px" }}>
        <p>{t("mergeDetail")}</p>
        {merge.error && <ProblemNote error={merge.error} />}
        <Select
          aria-label={t("other")}
          placeholder={t("other")}
          showSearch={{ filterOption: false, onSearch: setWords }}
          notFoundContent={words.trim() === "" ? t("typeToFind") : t("nobodyFound")}
          value={other}
          options={found.map((one) => ({ value: one.id, label: [nameOf(one), one.email ?? one.phone, one.id].filter(Boolean).join(" · ") }))}
          onChange={setOther}
        />
        {chosen && <p className="quiet">{t("mergeKept", { kept: nameOf(profile), other: nameOf(chosen) })}</p>}
      </div>
    </Modal>
  );
}

/** Right after a merge, one press takes it back. */
function useOfferUndo(profile: Profile): (mergeId: string) => void {
  const t = useWords();
  const { notification } = App.useApp();
  const unmerge = useUnmerge(profile.id);
  const complain = useComplain();
  return (mergeId) => {
    const undo = () => {
      notification.destroy(mergeId);
      unmerge.mutate(mergeId, { onError: complain });
    };
    notification.success({
      key: mergeId,
      title: t("mergedNow"),
      placement: "bottomRight",
      duration: 12,
      actions: <Button onClick={undo}>{t("undo")}</Button>,
    });
  };
}
