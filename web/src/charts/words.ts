import { defineWords } from "../i18n/define-words";

export const useWords = defineWords("charts", {
  asTable: { en: "Show as table", zh: "显示为表格" },
  asChart: { en: "Show as chart", zh: "显示为图表" },
  missing: { en: "no value", zh: "无数据" },
  size: { en: "Size", zh: "人数" },
  notOver: { en: "not over yet", zh: "尚未结束" },
});
