/** What the page says when it loads the snippet. */
export interface Settings {
  /** Where Tenure answers, such as https://crm.example.com; left out, where this script came from. */
  host?: string;
  /** `false`: nothing is stored or sent until `tenure.consent(true)`. */
  consent?: boolean;
  /** Whether Do Not Track and Global Privacy Control count as a no; they do unless this is `false`. */
  honourSignals?: boolean;
  /** `false`: no cookie; the visitor is then known on this host name only. */
  cookie?: boolean;
  /** A domain such as `example.com`, so that its subdomains know the same visitor. */
  cookieDomain?: string;
  /** `false`: messages are not shown on this page. */
  messages?: boolean;
  /** The language of our own words; left out, the page's. */
  language?: string;
  /** Path of the service worker for web push on this site. */
  worker?: string;
}

export type Fields = Record<string, unknown>;

/** A call as Segment's tracking API takes it. */
export interface Call extends Fields {
  type: string;
  messageId: string;
}

export const VERSION = "1";
