interface Way {
  label: string;
  lines: (host: string, key: string) => string;
}

/** What to paste into a page, a program or a terminal so that events arrive here. */
export const LINES: Record<"website" | "javascript" | "python" | "curl", Way> = {
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
