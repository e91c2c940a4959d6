/** The pictures of the page for WordPress: their files, as one string each, and how the page shows them. */
import { escapeText } from "./escape.ts";
import activated from "../wordpress/pictures/activated.webp?inline";
import agent from "../wordpress/pictures/agent.webp?inline";
import answer from "../wordpress/pictures/answer.webp?inline";
import block from "../wordpress/pictures/block.webp?inline";
import key from "../wordpress/pictures/key.webp?inline";
import upload from "../wordpress/pictures/upload.webp?inline";

type Picture = { source: string; width: number; height: number; says: string };

const pictures: Readonly<Record<string, Picture>> = {
  upload: {
    source: upload,
    width: 600,
    height: 323,
    says: "The page Add Plugins: the zip file is chosen, and the button Install Now stands beside it.",
  },
  activated: {
    source: activated,
    width: 600,
    height: 175,
    says: "The list of plugins: below the name Chat Widget for CustomGPT are the links Settings and Deactivate.",
  },
  key: {
    source: key,
    width: 600,
    height: 318,
    says: "The settings under Connection: “Through this site itself” is chosen, and dots fill the field for the key.",
  },
  agent: {
    source: agent,
    width: 600,
    height: 663,
    says: "The settings with the agent Harbour Books chosen. Below, in green: Connected to “Harbour Books”.",
  },
  answer: {
    source: answer,
    width: 600,
    height: 620,
    says: "A shop's front page. In the chat, the question “When are you open?” has an answer with its source.",
  },
  block: {
    source: block,
    width: 600,
    height: 520,
    says: "The editor with a page named Ask us. The block shows a drawing of the chat with its first sentence.",
  },
};

const pathOf = (name: string) => `/wordpress/${name}.webp`;

/** Each file by the path at which the site serves it. */
export const pictureFiles: ReadonlyMap<string, { type: string; body: Uint8Array<ArrayBuffer> }> = new Map(
  Object.entries(pictures).map(([name, { source }]) => [
    pathOf(name),
    { type: "image/webp", body: new Uint8Array(Buffer.from(source.replace(/^.*,/, ""), "base64")) },
  ]),
);

/** The picture as a link to itself, so that it can be enlarged on a phone. */
export function drawPicture(name: string): string {
  const picture = Object.hasOwn(pictures, name) ? pictures[name] : undefined;
  if (!picture) throw new Error(`There is no picture "${name}".`);
  const { width, height, says } = picture;
  return `<a class="picture" href="${pathOf(name)}"><img src="${pathOf(name)}" width="${width}" height="${height}" alt="${escapeText(says)}" loading="lazy"></a>`;
}
