interface Way {
  label: string;
  lines: (host: string, key: string) => string;
}

/** What to paste into a page, a program or a terminal so that events arrive here. */
export const LINES: Record<"javascript" | "python" | "curl", Way> = {
  javascript: {
    label: "JavaScript",
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
