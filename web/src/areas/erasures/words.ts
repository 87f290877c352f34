import { defineWords } from "../../i18n/define-words";

export const useWords = defineWords("erasures", {
  title: { en: "Erasures", zh: "数据删除" },
  lead: { en: "Who asked for whose data to go is on nobody's list here: only that it went, when, and the signed receipt.", zh: "此处不记录被删除者的身份，只记录删除的时间、操作人与已签名的回执。" },
  all: { en: "So far", zh: "全部记录" },
  none: { en: "Nobody was erased", zh: "还没有删除记录" },
  noneDetail: { en: "Open a customer and choose “Data of this person”.", zh: "打开某位客户，选择“个人数据”。" },
  at: { en: "Asked", zh: "申请时间" },
  by: { en: "By", zh: "操作人" },
  persons: { en: "Persons", zh: "人数" },
  state: { en: "State", zh: "状态" },
  state_running: { en: "under way", zh: "进行中" },
  state_done: { en: "done", zh: "已完成" },
  receipt: { en: "Receipt", zh: "回执" },
  read: { en: "Read", zh: "查看" },
  file: { en: "File", zh: "文件" },
  earlier: { en: "Load earlier ones", zh: "加载更早的" },
});
