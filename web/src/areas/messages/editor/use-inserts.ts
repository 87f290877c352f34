import { useQuery } from "@tanstack/react-query";

import { useSay } from "../../../i18n/text";
import { blocksQuery, variablesQuery } from "../api";
import { useWords } from "../words";

export interface Insert {
  name: string;
  meaning: string;
  code: string;
}

const FILTERS: Record<string, string> = {
  "customer.birthday": "date",
  "customer.joined_at": "date",
  "orders.first_at": "date",
  "orders.last_at": "date",
  "orders.next_at": "date",
  "orders.spend": "money",
  "points.balance": "number",
  now: "date",
  today: "date",
};
const OPEN: Record<string, string> = {
  "customer.attributes": "{{ customer.attributes.name }}",
  given: "{{ given.coupon.code }}",
  recommendations: "{% for one in recommendations limit: 3 %}{{ one.name }}{% endfor %}",
};
const ELEMENTS = ["heading", "paragraph", "button", "divider", "columns", "condition", "fallback"] as const;

/** The code of a variable as it is written into a text. */
export function codeOf(name: string): string {
  const filter = FILTERS[name];
  return OPEN[name] ?? `{{ ${name}${filter ? ` | ${filter}` : ""} }}`;
}

/** What can be inserted, of one kind, with its meaning in the reader's language. */
export function useInserts(kind: "values" | "blocks" | "elements", mjml: boolean): Insert[] {
  const t = useWords();
  const say = useSay();
  const variables = useQuery(variablesQuery).data?.items ?? [];
  const blocks = useQuery(blocksQuery).data?.items ?? [];
  if (kind === "values") return variables.map(({ name, meaning }) => ({ name, meaning: say(meaning), code: codeOf(name) }));
  if (kind === "blocks") return blocks.map(({ name, own }) => ({ name, meaning: own ? name : t(knownBlock(name)), code: mjml ? `<mj-text>{% render "${name}" %}</mj-text>` : `{% render "${name}" %}` }));
  return ELEMENTS.map((one) => ({ name: one, meaning: t(`element_${one}`), code: elementOf(one, mjml, t("elementWords")) }));
}

function knownBlock(name: string) {
  const known = ["recommendations", "points", "coupon", "offer"] as const;
  return `block_${known.find((one) => one === name) ?? "own"}` as const;
}

/** Each element in MJML and in HTML; WORDS stands for the writer's own. */
const CODES: Record<(typeof ELEMENTS)[number], readonly [mjml: string, html: string]> = {
  heading: ['<mj-text font-size="24px" font-weight="700" color="{{ brand.colour }}">WORDS</mj-text>', '<h2 style="color:{{ brand.colour }}">WORDS</h2>'],
  paragraph: ["<mj-text>WORDS</mj-text>", "<p>WORDS</p>"],
  button: [
    '<mj-button href="https://" background-color="{{ brand.colour }}" color="{{ brand.text_colour }}" border-radius="8px">WORDS</mj-button>',
    '<a href="https://" style="background:{{ brand.colour }};color:{{ brand.text_colour }};padding:10px 18px;border-radius:8px">WORDS</a>',
  ],
  divider: ['<mj-divider border-width="1px" border-color="#dddddd" />', "<hr />"],
  columns: [
    '<mj-section background-color="#ffffff">\n  <mj-column><mj-text>WORDS</mj-text></mj-column>\n  <mj-column><mj-text>WORDS</mj-text></mj-column>\n</mj-section>',
    '<table role="presentation" width="100%"><tr><td>WORDS</td><td>WORDS</td></tr></table>',
  ],
  condition: ['{% if customer.tier == "A" %}WORDS{% endif %}', '{% if customer.tier == "A" %}WORDS{% endif %}'],
  fallback: ['{{ customer.name | default: "WORDS" }}', '{{ customer.name | default: "WORDS" }}'],
};

function elementOf(element: (typeof ELEMENTS)[number], mjml: boolean, words: string): string {
  const [inMjml, inHtml] = CODES[element];
  return (mjml ? inMjml : inHtml).replaceAll("WORDS", words);
}
