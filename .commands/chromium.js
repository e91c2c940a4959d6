/** Finds a Chromium for the browser tests, or installs Debian's when that is possible, or says what to install. */
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { installFromDebian } from "./debian.js";

const installed = {
  linux: [
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/microsoft-edge",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

/** Playwright's own downloads, newest first. */
function downloadedByPlaywright() {
  const caches = [join(homedir(), ".cache/ms-playwright"), join(homedir(), "Library/Caches/ms-playwright")];
  const programs = [
    "chrome-linux/chrome",
    "chrome-linux64/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
  ];
  return caches
    .filter((cache) => existsSync(cache))
    .flatMap((cache) =>
      readdirSync(cache)
        .filter((name) => name.startsWith("chromium-"))
        .sort()
        .toReversed()
        .flatMap((name) => programs.map((program) => join(cache, name, program))),
    );
}

/** The path of a Chromium; ends the process with a sentence that says what to do when there is none. */
export async function findChromium() {
  const named = process.env.E2E_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    console.error(`E2E_CHROMIUM names "${named}", and there is no such file.`);
    process.exit(1);
  }
  const platform = process.platform;
  const usual = platform === "darwin" || platform === "win32" ? installed[platform] : installed.linux;
  const found = [...usual, ...downloadedByPlaywright()].find((path) => existsSync(path));
  if (found) return found;

  await installFromDebian(["chromium-headless-shell"], "for the browser tests");
  const debians = "/usr/bin/chromium-headless-shell";
  if (existsSync(debians)) return debians;
  console.error(
    "The browser tests need Chromium or Chrome, and none was found. Do one of these and run `npm test` again:\n" +
      "  on Debian or Ubuntu: sudo apt-get install chromium\n" +
      "  on macOS or Windows: install Google Chrome\n" +
      "  anywhere: set E2E_CHROMIUM to the program's path",
  );
  process.exit(1);
}
