/** Finds Firefox and WebKitGTK for the scenes of every engine, and installs Debian's where possible. */
import { existsSync } from "node:fs";
import { installFromDebian, whyNoInstalling } from "./debian.js";

/** The files that drive each engine, with the packages and programs that they need. */
const engines = [
  {
    name: "Firefox",
    file: "demo/home/in-firefox.e2e.ts",
    needs: { "firefox-esr": "/usr/bin/firefox-esr" },
  },
  {
    name: "WebKitGTK",
    file: "demo/home/in-webkit.e2e.ts",
    needs: { "webkit2gtk-driver": "/usr/bin/WebKitWebDriver", xvfb: "/usr/bin/Xvfb" },
  },
];

/** @param {(typeof engines)[number]} engine */
const missingFor = ({ needs }) =>
  Object.entries(needs).flatMap(([name, program]) => (existsSync(program) ? [] : [name]));

/**
 * The tests of missing engines, with a sentence for each. `failed` where the engine should have been installed.
 * @returns {Promise<{ absent: string[], missed: string[], failed: boolean }>}
 */
export async function findOtherBrowsers() {
  const wanted = engines.flatMap(missingFor);
  if (wanted.length > 0) await installFromDebian(wanted, "to play the scenes in other browsers too");
  const absent = engines.filter((engine) => missingFor(engine).length > 0);
  const why = whyNoInstalling();
  return {
    absent: absent.map(({ file }) => file),
    missed: absent.map(
      (engine) =>
        `${engine.name} was not tested: there is no ${missingFor(engine).join(" and no ")}, and ` +
        `${why ?? "installing it has failed"}.`,
    ),
    failed: absent.length > 0 && why === null,
  };
}
