import { defineWords } from "../../i18n/define-words";

export const useWords = defineWords("why", {
  close: { en: "Close", zh: "关闭" },
  download: { en: "Download as CSV", zh: "下载 CSV" },
  state: { en: "State", zh: "状态" },
  next: { en: "Next good moment: {{at}}", zh: "下一个合适时刻：{{at}}" },
  rightNow: { en: "A message may go out right now", zh: "现在即可发送" },
  never: { en: "No moment will do as things stand", zh: "按目前情况没有合适的发送时刻" },
  now: { en: "What the rules say now", zh: "当前各项规则的判断" },
  policy: { en: "Rules: version {{version}}", zh: "规则版本：{{version}}" },
  sends: { en: "What happened so far", zh: "发送经过" },
  noSends: { en: "No message to this customer was ever asked for.", zh: "从未为这位客户安排过消息。" },
  due: { en: "due {{at}}", zh: "应发于 {{at}}" },
  attempts: { en: { one: "{{count}} attempt", other: "{{count}} attempts" }, zh: "已尝试 {{count}} 次" },
  values: { en: "Values", zh: "取值" },
  until: { en: "until {{at}}", zh: "至 {{at}}" },
  decision: { en: "How it was decided", zh: "判断过程" },
  verdict_pass: { en: "passes", zh: "通过" },
  verdict_bypass: { en: "not asked", zh: "不检查" },
  verdict_wait: { en: "waits", zh: "等待" },
  verdict_stop: { en: "stops", zh: "停止" },
});
