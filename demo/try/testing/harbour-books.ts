/** Site of a bookshop for tests of the page on which the chat is tried: six pages, a colour, an icon, a robots.txt. */
import { sitemapOf, startTestSite, type TestSite } from "../../../proxy/standin/crawler/testing/test-site.ts";
import { drawAvatar } from "../../site/avatar.ts";

const pages: Readonly<Record<string, [title: string, body: string]>> = {
  "/": [
    "Harbour Books",
    "<h1>Harbour Books</h1><p>A small bookshop at the old harbour, with a café, readings and a ferry that stops at the door.</p>",
  ],
  "/opening-hours": [
    "Opening hours | Harbour Books",
    "<h1>Opening hours</h1><p>The shop opens at nine o'clock and closes at seven, from Tuesday to Saturday. On Sundays only the café is open.</p>",
  ],
  "/delivery": [
    "Delivery and returns | Harbour Books",
    "<h1>Delivery and returns</h1><p>Books travel by post and arrive within two days. Unread books can be returned within 30 days.</p><h2>What does delivery cost?</h2><p>Delivery costs three euros, and nothing from forty euros on.</p>",
  ],
  "/vouchers": [
    "Gift vouchers | Harbour Books",
    "<h1>Gift vouchers</h1><p>Vouchers are printed on thick blue paper and never expire.</p>",
  ],
  "/readings": [
    "Readings and events | Harbour Books",
    "<h1>Readings and events</h1><p>Every first Friday an author reads in the café. Seats are free, and tea is served.</p>",
  ],
  "/parking": [
    "How to find us | Harbour Books",
    "<h1>How to find us</h1><p>The ferry stops at the door. Cars can be left behind the fish market, two minutes away.</p>",
  ],
};

export async function startHarbourBooks(): Promise<TestSite> {
  const site = await startTestSite();
  const head = `<meta name="theme-color" content="#1d4ed8"><meta property="og:site_name" content="Harbour Books"><link rel="apple-touch-icon" href="/icon.png">`;
  for (const [path, [title, body]] of Object.entries(pages))
    site.replies[path] =
      `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><main>${body}</main></body></html>`;
  site.replies["/icon.png"] = { headers: { "content-type": "image/png" }, body: drawAvatar() };
  site.replies["/staff"] = "<title>Staff</title><main><p>The safe is behind the atlas.</p></main>";
  site.replies["/robots.txt"] = { body: "User-agent: *\nDisallow: /staff\n" };
  site.replies["/sitemap.xml"] = {
    body: sitemapOf([...Object.keys(pages), "/staff", "/gone"].map((path) => site.origin + path)),
  };
  return site;
}
