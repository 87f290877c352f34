import { type Fields, VERSION } from "./settings";

const CAMPAIGN = ["source", "medium", "name", "term", "content"];

/** Where something happens, in the words of Segment's specification. */
export function context(): Fields {
  const asked = new URLSearchParams(location.search);
  const campaign = Object.fromEntries(
    CAMPAIGN.flatMap((part) => {
      const value = asked.get(part === "name" ? "utm_campaign" : `utm_${part}`);
      return value === null ? [] : [[part, value]];
    }),
  );
  return {
    library: { name: "tenure.js", version: VERSION },
    page: page(),
    locale: navigator.language,
    userAgent: navigator.userAgent,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
    ...(Object.keys(campaign).length > 0 ? { campaign } : {}),
  };
}

export function page(): Fields {
  const { href, pathname, search } = location;
  return { url: href, path: pathname, search, title: document.title, referrer: document.referrer };
}
