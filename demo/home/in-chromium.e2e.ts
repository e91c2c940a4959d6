/** The chat in Chromium: the scenes that every engine plays. */
import { openChromium } from "../testing/engines/with-playwright.ts";
import { playScenes } from "../testing/engines/scenes.ts";

playScenes(() => openChromium());
