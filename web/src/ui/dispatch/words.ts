import { defineWords } from "../../i18n/define-words";

export const useWords = defineWords("dispatch", {
  asked: { en: "Finding who is meant…", zh: "正在查找客户…" },
  queueing: { en: "{{done}} of {{all}} queued", zh: "已排队 {{done}} / {{all}}" },
  done: { en: "{{count}} asked for", zh: "已登记 {{count}} 条" },
  before: { en: "{{count}} had it asked for before", zh: "此前已登记 {{count}} 条" },
  cancelled: { en: "Taken back after {{done}} of {{all}}", zh: "处理 {{done}} / {{all}} 后撤回" },
  failed: { en: "Stopped after {{done}} of {{all}}", zh: "处理 {{done}} / {{all}} 后中止" },
  nobody: { en: "Nobody was meant", zh: "没有符合的客户" },
  tryingAgain: { en: "It is tried again by itself.", zh: "系统会自动重试。" },
  stop: { en: "Stop and take back", zh: "停止并撤回" },
  stopTitle: { en: "Stop, and take back what waits?", zh: "停止排队并撤回等待中的消息？" },
  stopDetail: {
    en: "Nobody more is queued, and what is queued is not sent. What is already on its way still arrives. You can ask for them again later.",
    zh: "不再排队，已排队的也不会发送；已在途中的仍会送达。之后可以重新登记。",
  },
  goOn: { en: "Let it go on", zh: "继续发送" },
});
