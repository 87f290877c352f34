interface Way {
  label: string;
  lines: (host: string, key: string) => string;
}

type Place = "website" | "javascript" | "python" | "curl";

/** Where a key of each kind may be used. */
export const LINES_OF: Record<"browser" | "server", readonly Place[]> = { browser: ["website", "javascript"], server: ["python", "curl"] };

/** What to paste into a page, a program or a terminal so that events arrive here. */
export const LINES: Record<Place, Way> = {
  website: {
    label: "<script>",
    lines: (host, key) => `<script>
!function(w,d,h){var t=w.tenure=w.tenure||[];if(t.load)return;"load consent identify track page group alias reset on push"
.split(" ").forEach(function(n){var p=[].push;t[n]=function(){p.call(t,[n].concat([].slice.call(arguments)));return t}});
var s=d.createElement("script");s.async=1;s.src=h+"/t.js";d.head.appendChild(s)}(window,document,"${host}");

tenure.load("${key}");
tenure.page();
</script>`,
  },
  javascript: {
    label: "analytics.js",
    lines: (host, key) => `// npm install @segment/analytics-next
import { AnalyticsBrowser } from "@segment/analytics-next";

const analytics = AnalyticsBrowser.load({ writeKey: "${key}", cdnURL: "${host}" });
analytics.identify("customer-1", { email: "ann@example.com" });
analytics.track("Product Viewed", { product_id: "p-1", price: 19.9 });`,
  },
  python: {
    label: "Python",
    lines: (host, key) => `# pip install segment-analytics-python
import segment.analytics as analytics

analytics.host = "${host}"
analytics.write_key = "${key}"
analytics.identify("customer-1", {"email": "ann@example.com"})
analytics.track("customer-1", "Order Completed", {"order_id": "o-1", "total": 19.9})
analytics.flush()`,
  },
  curl: {
    label: "curl",
    lines: (host, key) => `curl ${host}/v1/track -u ${key}: -H 'Content-Type: application/json' \\
  -d '{"userId": "customer-1", "event": "Signed In", "messageId": "a-unique-id"}'`,
  },
};

interface Vouching {
  label: string;
  lines: (words: { server: string; page: string }) => string;
}

const IN_THE_PAGE = 'tenure.identify("customer-1", {}, { hash: "…" });';

/** What a shop's server computes for a signed-in customer, and what its page says with it. */
export const VOUCHING: Record<"python" | "node", Vouching> = {
  python: {
    label: "Python",
    lines: ({ server, page }) => `# ${server}
import hashlib, hmac, os

secret = os.environ["TENURE_IDENTITY_SECRET"]
hash = hmac.new(secret.encode(), user_id.encode(), hashlib.sha256).hexdigest()

# ${page}
# ${IN_THE_PAGE}`,
  },
  node: {
    label: "Node.js",
    lines: ({ server, page }) => `// ${server}
import { createHmac } from "node:crypto";

const secret = process.env.TENURE_IDENTITY_SECRET;
const hash = createHmac("sha256", secret).update(userId).digest("hex");

// ${page}
// ${IN_THE_PAGE}`,
  },
};
