import { defineWords } from "../../i18n/define-words";

export const useWords = defineWords("session", {
  product: { en: "Tenure", zh: "留客" },
  promise: { en: "Know who is leaving, why, and whom to call today.", zh: "知道谁要离开、为什么，以及今\u2060天该联系谁。" },
  promiseDetail: {
    en: "Your customers' data stays on your own machine.",
    zh: "客户数据始终留在你自己的机器上。",
  },
  signInTitle: { en: "Log in", zh: "登录" },
  signInLead: { en: "to {{workspace}}", zh: "进入 {{workspace}}" },
  signIn: { en: "Log in", zh: "登录" },
  email: { en: "E-mail", zh: "邮箱" },
  password: { en: "Password", zh: "密码" },
  name: { en: "Your name", zh: "你的姓名" },
  required: { en: "Please fill this in.", zh: "请填写此项。" },
  emailShape: { en: "This does not look like an e-mail address.", zh: "这不像一个邮箱地址。" },
  passwordLength: { en: "At least 10 characters.", zh: "至少 10 个字符。" },
  demoTitle: { en: "This is the demo company", zh: "这是演示公司" },
  demoDetail: { en: "Look around with {{email}} and the password {{password}}.", zh: "使用 {{email}} 和密码 {{password}} 随意浏览。" },
  demoFill: { en: "Log in to the demo", zh: "登录演示公司" },
  setupTitle: { en: "Welcome", zh: "欢迎" },
  setupLead: {
    en: "Make the first account. It becomes the owner of {{workspace}} and can invite others.",
    zh: "创建第一个账户，它将成为 {{workspace}} 的所有者，并可邀请其他人。",
  },
  setup: { en: "Start", zh: "开始使用" },
});
