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
  noComparison: { en: "Nothing earlier to compare with", zh: "暂无可比的上一期" },
});
