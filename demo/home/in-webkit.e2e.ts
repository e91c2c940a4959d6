/** The chat in WebKitGTK: the scenes that every engine plays. */
import { openWebKit } from "../testing/engines/webkit.ts";
import { playScenes } from "../testing/engines/scenes.ts";

playScenes(() => openWebKit("/usr/bin/WebKitWebDriver"), true);
