import { defineWords } from "../../i18n/define-words";

export const useWords = defineWords("calls", {
  title: { en: "Whom to call today", zh: "今天联系谁" },
  lead: {
    en: "Customers with the most to lose first: the probability that they leave times what they would still have brought.",
    zh: "按可能损失排序：流失概率 × 未来一年预期价值。最值得挽留的排在最前。",
  },
  export: { en: "Export to Excel", zh: "导出 Excel" },
  exported: { en: "The list is in your downloads; the export is in the audit log.", zh: "名单已下载，此次导出已记入审计日志。" },
  exclusion: {
    en: "Left out: {{noConsent}} who have not agreed to be contacted, {{noContact}} without a phone number or e-mail address.",
    zh: "未列入：{{noConsent}} 位未同意联系，{{noContact}} 位没有电话或邮箱。",
  },
  why: { en: "Why", zh: "原因" },
  step: { en: "Suggested step", zh: "建议" },
  risk: { en: "Risk of leaving", zh: "流失风险" },
  stake: { en: "Value at stake", zh: "预期价值" },
  loss: { en: "Expected loss", zh: "预期损失" },
  lastOrder: { en: "Last order", zh: "最近下单" },
  tier: { en: "Tier {{tier}}", zh: "{{tier}} 级" },
  call: { en: "Call {{phone}}", zh: "致电 {{phone}}" },
  write: { en: "Write to {{email}}", zh: "写信至 {{email}}" },
  more: { en: "Show more", zh: "显示更多" },
  emptyTitle: { en: "Nobody needs a call today", zh: "今天没有需要致电的客户" },
  emptyDetail: {
    en: "The list fills when orders have been imported and predictions made, and someone valuable is at risk.",
    zh: "导入订单并完成预测后，若有重要客户面临流失风险，会显示在这里。",
  },
  nameless: { en: "Customer {{id}}", zh: "客户 {{id}}" },
});
