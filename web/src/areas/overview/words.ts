import { defineWords } from "../../i18n/define-words";

export const useWords = defineWords("overview", {
  title: { en: "Overview", zh: "总览" },
  lead: {
    en: "{{customers}} customers and {{orders}} orders from {{first}} to {{last}}.",
    zh: "{{first}}至{{last}}，共 {{customers}} 位客户、{{orders}} 笔订单。",
  },
  anonymous: {
    en: "{{count}} orders carry no customer and count towards revenue only.",
    zh: "另有 {{count}} 笔订单没有客户信息，仅计入收入。",
  },
  refresh: { en: "Refresh", zh: "刷新" },
  refreshed: { en: "Numbers and predictions are up to date.", zh: "指标与预测已更新。" },
  cancelled: { en: "The refresh was cancelled; the results before it stand.", zh: "刷新已取消，此前的结果保持不变。" },
  against: { en: "against {{what}}", zh: "与{{what}}相比" },
  changed: { en: "What changed", zh: "有何变化" },
  changedHint: { en: "Only what moved by more than chance would.", zh: "仅列出超出随机波动的变化。" },
  unchanged: { en: "Nothing moved by more than chance would.", zh: "没有超出随机波动的变化。" },
  call: { en: "Whom to call", zh: "今天联系谁" },
  callHint: { en: "Most to lose first: probability of leaving × value at stake.", zh: "按可能损失排序：流失概率 × 预期价值。" },
  callAll: { en: "The whole list", zh: "查看完整名单" },
  callNone: { en: "Nobody needs a call today.", zh: "今天没有需要致电的客户。" },
  atStake: { en: "{{value}} at stake", zh: "预期价值 {{value}}" },
  revenue: { en: "Net revenue", zh: "净收入" },
  revenueHint: { en: "Sales less returns, month by month.", zh: "按月统计，销售减去退货。" },
  buyers: { en: "Active customers", zh: "活跃客户" },
  buyersHint: { en: "Who bought in each month, and where they came from.", zh: "每月购买的客户及其来源。" },
  new: { en: "New", zh: "新客" },
  returning: { en: "Returning", zh: "回头客" },
  reactivated: { en: "Came back", zh: "回流" },
  emptyTitle: { en: "Start with a file of orders", zh: "从一份订单文件开始" },
  emptyDetail: {
    en: "An Excel or CSV export from your shop is enough: who bought, when, for how much. Everything here fills from it.",
    zh: "从店铺导出的 Excel 或 CSV 就够了：谁、何时、买了多少钱。这里的一切都由此生成。",
  },
  emptyAction: { en: "Import orders", zh: "导入订单" },
  nameless: { en: "Customer {{id}}", zh: "客户 {{id}}" },
});
