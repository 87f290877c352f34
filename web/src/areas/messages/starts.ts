import { type Draft, EMPTY } from "./draft";

/** What a new message begins with, so that nobody faces an empty page. */
export const STARTS = ["letter", "news", "text", "site", "blank"] as const;
export type Start = (typeof STARTS)[number];

type Words = Record<"hello" | "body" | "button" | "heading" | "subject", string>;

const SPOKEN: Record<"en" | "zh", Words> = {
  en: {
    subject: "{{ customer.name | default: 'Hello' }}, something new for you",
    heading: "What is new",
    hello: "Hello {{ customer.name | default: 'there' }},",
    body: "Write here what you want to tell.",
    button: "Have a look",
  },
  zh: {
    subject: "{{ customer.name | default: '您好' }}，有新消息给您",
    heading: "本期新品",
    hello: "{{ customer.name | default: '您好' }}：",
    body: "在此写下您想说的话。",
    button: "去看看",
  },
};

export function contentOf(start: Start, language: "en" | "zh"): Draft["channels"] {
  const words = SPOKEN[language];
  if (start === "text") {
    const text = language === "zh" ? "【品牌】会员您好，新品已到店，欢迎选购。拒收请回复R" : "{{ brand.name | default: 'We' }}: something new is in. Reply STOP to opt out.";
    return { sms: { [language]: { ...EMPTY, text } } };
  }
  if (start === "site") {
    return { in_app: { [language]: { ...EMPTY, subject: words.heading, text: `${words.body}\n[${words.button}]({{ brand.site_url | default: '/' }})` } } };
  }
  const subject = start === "blank" ? "" : words.subject;
  const mjml = start === "blank" ? page([section(text("…"))]) : start === "letter" ? letter(words) : news(words);
  return { email: { [language]: { ...EMPTY, subject, mjml } } };
}

function letter(words: Words): string {
  return page([section(text(words.hello), text(words.body), text("{{ brand.name }}"))]);
}

function news(words: Words): string {
  return page([
    section('<mj-text font-size="26px" font-weight="700" color="{{ brand.colour }}">' + words.heading + "</mj-text>", text(words.hello), text(words.body), button(words.button)),
    section('<mj-text>{% render "recommendations" %}</mj-text>'),
  ]);
}

function page(sections: readonly string[]): string {
  return `<mjml>\n  <mj-body background-color="#f4f4f2">\n${sections.join("\n")}\n  </mj-body>\n</mjml>\n`;
}

function section(...inside: string[]): string {
  const lines = inside.map((one) => `        ${one}`).join("\n");
  return `    <mj-section background-color="#ffffff">\n      <mj-column>\n${lines}\n      </mj-column>\n    </mj-section>`;
}

function text(words: string): string {
  return `<mj-text font-size="15px" line-height="1.6">${words}</mj-text>`;
}

function button(words: string): string {
  return `<mj-button href="{{ brand.site_url }}" background-color="{{ brand.colour }}" color="{{ brand.text_colour }}" border-radius="8px">${words}</mj-button>`;
}
