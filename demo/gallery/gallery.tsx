/** Renders all states of the chat side by side, each in its own shadow root, as on a page. */
import { paletteOf } from "../../widget/options/color.ts";
import { directionOf } from "../../widget/i18n/negotiate-language.ts";
import { chatStyles, mountPanel } from "../../widget/view/mount.tsx";
import galleryStyles from "./gallery.css?inline";
import { chatFor, exhibits, type Exhibit } from "./scenes.ts";

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

function colors(color: string): string {
  const { accent, onAccent, accentLight, accentDark } = paletteOf(color);
  return `:host { --cgw-accent: ${accent}; --cgw-on-accent: ${onAccent}; --cgw-accent-light: ${accentLight}; --cgw-accent-dark: ${accentDark}; }
.frame { block-size: 100%; }`;
}

function hang(exhibit: Exhibit, wall: Element, styles: CSSStyleSheet): () => void {
  const page = wall.ownerDocument;
  const make = (tag: string, className: string) => Object.assign(page.createElement(tag), { className });
  const figure = make("figure", "exhibit");
  const caption = make("figcaption", "");
  const stage = make("div", exhibit.phone ? "stage phone" : "stage");
  const frame = make("div", "frame");
  const slot = make("div", "slot");
  const language = exhibit.language ?? "en";
  caption.textContent = exhibit.name;
  frame.lang = language;
  frame.dir = directionOf(language);
  Object.assign(frame.dataset, {
    theme: exhibit.dark ? "dark" : "light",
  });

  const root = stage.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles, sheetOf(colors(exhibit.color ?? ""))];
  root.append(frame);
  frame.append(slot);
  figure.append(caption, stage);
  wall.append(figure);

  const chat = chatFor(exhibit);
  const panel = mountPanel(slot, chat);
  return () => {
    chat.undo();
    panel.dispose();
    figure.remove();
  };
}

/** Renders into `place`; the returned function removes everything again. */
export function showGallery(place: HTMLElement): () => void {
  const page = place.ownerDocument;
  const wallStyles = sheetOf(galleryStyles);
  page.adoptedStyleSheets.push(wallStyles);
  place.className = "exhibits";
  const styles = sheetOf(chatStyles);
  const undo = exhibits.map((exhibit) => hang(exhibit, place, styles));
  return () => {
    for (const takeDown of undo) takeDown();
    page.adoptedStyleSheets.splice(page.adoptedStyleSheets.indexOf(wallStyles), 1);
  };
}

const place = document.querySelector<HTMLElement>("#gallery");
if (place) showGallery(place);
