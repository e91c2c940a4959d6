/** What a site's front page says of the site itself: name, language, colour, icons. */
import { descendants, find, parseHtml, type Element } from "../content/html-tree.ts";

export type SiteFacts = {
  /** As the page's metadata name it; null where they do not. */
  name: string | null;
  /** The `lang` of its root. */
  language: string | null;
  /** Its `theme-color` for light screens, as written. */
  color: string | null;
  /** Raster icons, the likeliest to be large first. */
  icons: URL[];
};

export function readSiteFacts(html: string, address: URL): SiteFacts {
  const root = parseHtml(html);
  const elements = [...descendants(root)];
  const meta = (key: string) =>
    elements.find(
      ({ name, attributes }) =>
        name === "meta" &&
        (attributes["property"] ?? attributes["name"] ?? "").toLowerCase() === key &&
        !/dark/i.test(attributes["media"] ?? ""),
    )?.attributes["content"];
  return {
    name: worded(meta("og:site_name")) ?? worded(meta("application-name")),
    language: worded(find(root, "html")?.attributes["lang"]),
    color: worded(meta("theme-color")),
    icons: iconsOf(elements, address),
  };
}

const worded = (text: string | undefined) => text?.replace(/\s+/g, " ").trim() || null;

function iconsOf(elements: readonly Element[], address: URL): URL[] {
  const links = elements.filter(({ name, attributes }) => {
    const { rel = "", href = "", type = "" } = attributes;
    return (
      name === "link" &&
      /(^|\s)(apple-touch-icon(-precomposed)?|icon)(\s|$)/i.test(rel) &&
      URL.canParse(href, address) &&
      !/\.(svg|ico)(\?|$)/i.test(href) &&
      !/svg|x-icon|microsoft/i.test(type)
    );
  });
  const rank = ({ attributes }: Element) =>
    (/apple/i.test(attributes["rel"] ?? "") ? 1000 : 0) + Number.parseInt(attributes["sizes"] ?? "0", 10);
  return links
    .map((link) => ({ size: rank(link) || 0, icon: new URL(link.attributes["href"] ?? "", address) }))
    .sort((one, other) => other.size - one.size)
    .map(({ icon }) => icon);
}
