/** When each part of the built widget is loaded and what it weighs, for ARCHITECTURE.md. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { table } from "./table.js";

const afterAnswer = "widget/app/after-answer.lazy.ts";

/**
 * Built files by the stage in which they are loaded, and the bytes of each after brotli.
 * @param {string} root
 */
export function builtStages(root) {
  const widget = join(root, "dist/widget");
  const assets = join(widget, "assets");
  const bytes = (/** @type {string} */ path) => statSync(`${path}.br`).size;
  const size = (/** @type {Iterable<string>} */ names) =>
    [...names].reduce((sum, name) => sum + bytes(join(assets, name)), 0);

  /** Names of the built files, with the exports of each and the files that are loaded with it. */
  const built = (existsSync(assets) ? readdirSync(assets) : []).filter((name) => name.endsWith(".js"));
  const main = built.find((name) => name.startsWith("main-"));
  if (!main) throw new Error("There is no built widget: run npm run build.");
  const code = new Map(built.map((name) => [name, readFileSync(join(assets, name), "utf8")]));

  /** @type {Map<string, Set<string>>} a lazy file and all it needs */
  const needs = new Map();
  for (const text of code.values())
    for (const [, name = "", rest = ""] of text.matchAll(
      /\$bring\("\.\/([^"]+)","\w+"(?:,\[((?:\["[^\]]*\],?)*)\])?\)/g,
    ))
      needs.set(
        name,
        new Set([name, ...[...rest.matchAll(/"\.\/([^"]+)"/g)].map((match) => match[1] ?? "")]),
      );

  /** @type {(path: string) => string[]} the names that a source file exports, with those it passes on */
  function exportsOf(path) {
    const text = readFileSync(join(root, path), "utf8");
    const declared = [...text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(
      ([, name = ""]) => name,
    );
    const passedOn = [...text.matchAll(/^export \{(.*?)\}/gms)].flatMap(
      ([, list = ""]) => list.match(/\w+/g) ?? [],
    );
    const whole = [...text.matchAll(/^export \* from "(.*)"/gm)].flatMap(([, other = ""]) =>
      exportsOf(beside(path, other)),
    );
    return [...declared, ...passedOn, ...whole];
  }

  /** @param {string} path of a source file that is fetched by `import()` */
  function builtFrom(path) {
    const names = new Set(exportsOf(path));
    const found = built.find((name) => {
      if (!needs.has(name)) return false;
      const text = code.get(name) ?? "";
      const exported = /export\{([^}]*)\}/.exec(text)?.[1]?.split(",") ?? [];
      // A file that others share code with exports the whole module as one object.
      const members = [...text.matchAll(/\b(\w+):\(\)=>/g)].map(([, each = ""]) => each);
      return [...exported, ...members].some((each) => names.has(each.split(" as ").at(-1) ?? ""));
    });
    if (!found) throw new Error(`No built file comes from ${path}: run npm run build.`);
    return found;
  }

  // Files that this one fetches, and files whose loaders it calls.
  const preload = "widget/app/preload.ts";
  const atFirst = [preload, ...importsOf(root, preload)]
    .flatMap((path) => fetchedBy(root, path))
    .filter((path) => path !== afterAnswer && !passesOn(afterAnswer, path));
  /** @type {Set<string>} */
  const answer = new Set(atFirst.flatMap((path) => [...(needs.get(builtFrom(path)) ?? [])]));
  const later = lazySources(root)
    .filter((path) => !passesOn(afterAnswer, path))
    .map((path) => ({ path, name: builtFrom(path) }))
    .filter(({ name }) => !answer.has(name))
    .map(({ path, name }) => ({ path, bytes: size([name]) }));

  return {
    /** With the page. */
    tag: bytes(join(widget, "widget.js")),
    /** Also, when the panel opens. */
    panel: size([main]),
    /** Also, until a first answer is shown. */
    answer: size(answer),
    answerFiles: [...answer],
    answerSources: [...new Set(atFirst)].filter((path, _, all) =>
      all.every((other) => !passesOn(other, path)),
    ),
    later,
    /** Also, once an answer is shown. */
    afterAnswer: size([builtFrom(afterAnswer)]),
  };

  /** @type {(joint: string, path: string) => boolean} */
  function passesOn(joint, path) {
    const text = readFileSync(join(root, joint), "utf8");
    return [...text.matchAll(/^export \* from "(.*)"/gm)].some(
      ([, other = ""]) => beside(joint, other) === path,
    );
  }
}

/** @param {string} root */
export function stages(root) {
  const { tag, panel, answer, answerSources, afterAnswer: after, later } = builtStages(root);
  const isLocale = (/** @type {string} */ path) => path.includes("/locales/");
  const others = later
    .filter(({ path }) => !isLocale(path) && path !== afterAnswer)
    .map(({ path, bytes }) => `\`${path.slice(7)}\` ${half(bytes)}`);
  const largest = Math.max(...later.filter(({ path }) => isLocale(path)).map(({ bytes }) => bytes));

  return table(
    ["Loaded", "What", "kB", "kB so far"],
    [
      ["with the page", "`tag.ts`: launcher, custom element, command queue", half(tag), half(tag)],
      [
        "when the launcher is hovered, focused or clicked",
        "`app/start-chat.lazy.tsx`: the panel, ready for a question",
        half(panel),
        half(tag + panel),
      ],
      [
        "after the panel is drawn (`app/preload`)",
        `${answerSources.map((path) => `\`${path.slice(7)}\``).join(", ")}: all until a first answer is there`,
        half(answer),
        half(tag + panel + answer),
      ],
      [
        "once an answer is there, or a part of it is needed",
        `\`${afterAnswer.slice(7)}\`: what is done with an answer and a conversation that goes on`,
        half(after),
        half(tag + panel + answer + after),
      ],
      ["in a language other than English", "`i18n/locales/*.ts`, one of them", `up to ${half(largest)}`, ""],
      ["when needed", others.join(", "), "as named", ""],
    ],
  );
}

/** Rounded to half a kilobyte, so that not every change of the code changes the page. */
const half = (/** @type {number} */ bytes) => String(Math.max(Math.round(bytes / 500), 1) / 2);

/** @type {(path: string, other: string) => string} */
const beside = (path, other) => join(dirname(path), other).replaceAll("\\", "/");

/** @type {(root: string, path: string) => string[]} the sources that one fetches by `import()` */
const fetchedBy = (root, path) =>
  [...readFileSync(join(root, path), "utf8").matchAll(/import\("(\.[^"]+)"\)/g)].map(([, other = ""]) =>
    beside(path, other),
  );

/** @type {(root: string, path: string) => string[]} */
const importsOf = (root, path) =>
  [...readFileSync(join(root, path), "utf8").matchAll(/^import (?!type)[^;]*? from "(\.[^"]+)"/gm)].map(
    ([, other = ""]) => beside(path, other),
  );

/**
 * The sources that others of the widget fetch by `import()`.
 * @param {string} root
 */
function lazySources(root) {
  const folder = join(root, "widget");
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|testing|module\.ts$/.test(name))
    .flatMap((name) => fetchedBy(root, relative(root, join(folder, name))));
  return [...new Set(found)].toSorted();
}
