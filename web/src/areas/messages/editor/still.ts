const BLANK = "data:image/svg+xml," + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="600" height="120"><rect width="100%" height="100%" fill="#e9e7e1"/></svg>');

/** A mail whose pictures from elsewhere are left out, as mail programs do at first; ours are shown. Says how many were. */
export function still(html: string): { page: string; blocked: number } {
  const page = new DOMParser().parseFromString(html, "text/html");
  const strange = [...page.querySelectorAll("img")].filter((picture) => !isOurs(picture.getAttribute("src") ?? ""));
  const blocked = strange.filter((picture) => picture.getAttribute("src")).length;
  for (const picture of strange) picture.setAttribute("src", BLANK);
  for (const picture of page.querySelectorAll("[srcset]")) picture.removeAttribute("srcset");
  for (const part of page.querySelectorAll("script, link, base, iframe, object, embed, meta[http-equiv]")) part.remove();
  for (const part of page.querySelectorAll("[background]")) part.removeAttribute("background");
  for (const style of page.querySelectorAll("style")) style.textContent = quiet(style.textContent);
  for (const part of page.querySelectorAll("[style]")) part.setAttribute("style", quiet(part.getAttribute("style") ?? ""));
  return { page: `<!doctype html>${page.documentElement.outerHTML}`, blocked };
}

function isOurs(source: string): boolean {
  return source.startsWith("data:") || (source.startsWith("/") && !source.startsWith("//"));
}

/** A style that loads nothing. */
function quiet(style: string): string {
  return style.replace(/@import[^;]*;?/g, "").replace(/url\([^)]*\)/g, "none");
}
