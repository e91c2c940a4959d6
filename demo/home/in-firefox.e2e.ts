/** The chat in Firefox ESR: the scenes that every engine plays. */
import { openFirefox } from "../testing/engines/with-playwright.ts";
import { playScenes } from "../testing/engines/scenes.ts";

playScenes(() => openFirefox("/usr/bin/firefox-esr"));
