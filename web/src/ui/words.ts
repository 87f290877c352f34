import { defineWords } from "../i18n/define-words";

export const useWords = defineWords("ui", {
  retry: { en: "Try again", zh: "重试" },
  failed: { en: "This could not be shown", zh: "无法显示" },
  failedDetail: { en: "Something unexpected happened on this page.", zh: "此页面发生了意外情况。" },
  loading: { en: "Loading", zh: "正在加载" },
  definition: { en: "What is “{{label}}”?", zh: "“{{label}}”是什么？" },
  meaning: { en: "Meaning", zh: "含义" },
  formula: { en: "Formula", zh: "公式" },
  intervalMeaning: { en: "Interval", zh: "区间" },
  churn: { en: "Lost customers", zh: "流失客户" },
  source: { en: "Source", zh: "来源" },
  interval: { en: "95% interval {{low}} to {{high}}", zh: "95% 区间 {{low}} 至 {{high}}" },
  better: { en: "better", zh: "变好" },
  worse: { en: "worse", zh: "变差" },
  cancelRun: { en: "Cancel", zh: "取消" },
  cancelTitle: { en: "Stop this work?", zh: "停止此任务？" },
  cancelDetail: {
    en: "It stops at its next safe point. The results from before stay as they are; you can start it again at any time.",
    zh: "任务将在下一个安全点停止，此前的结果保持不变，可随时重新开始。",
  },
  cancelConfirm: { en: "Stop it", zh: "停止" },
  cancelNot: { en: "Let it run", zh: "继续运行" },
  cancelling: { en: "Stopping at the next safe point …", zh: "正在下一个安全点停止…" },
  noComparison: { en: "Nothing earlier to compare with", zh: "暂无可比的上一期" },
});
