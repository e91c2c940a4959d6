/** When each part of the built widget is loaded and what it weighs, for ARCHITECTURE.md. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { table } from "./table.js";

/** What `widget/app/preload.ts` fetches for the first question. */
const firstQuestion = [
  "widget/view/conversation.lazy.ts",
  "widget/app/tabs.lazy.ts",
  "widget/conversation/turn.lazy.ts",
  "widget/browser/api/proxy-client.lazy.ts",
  "widget/browser/api/answer-response.lazy.ts",
  "widget/browser/platform/composer-services.lazy.ts",
];

/** @param {string} root */
export function stages(root) {
  const widget = join(root, "dist/widget");
  const assets = join(widget, "assets");
  const bytes = (/** @type {string} */ path) => statSync(`${path}.br`).size;
  const size = (/** @type {Iterable<string>} */ names) =>
    [...names].reduce((sum, name) => sum + bytes(join(assets, name)), 0);

  /** The names of built files, and what each exports and is told to bring along when it is fetched. */
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

  /** @param {string} path of a source file that is fetched by `import()` */
  function builtFrom(path) {
    const text = readFileSync(join(root, path), "utf8");
    const declared = [...text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(
      ([, name]) => name,
    );
    const passedOn = [...text.matchAll(/^export \{(.*?)\}/gms)].flatMap(
      ([, list = ""]) => list.match(/\w+/g) ?? [],
    );
    const names = new Set([...declared, ...passedOn]);
    const found = built.find((name) => {
      const exported = /export\{([^}]*)\}/.exec(code.get(name) ?? "")?.[1]?.split(",") ?? [];
      return exported.some((each) => names.has(each.split(" as ").at(-1)));
    });
    if (!found || !needs.has(found)) throw new Error(`No built file comes from ${path}: run npm run build.`);
    return found;
  }

  /** @type {Set<string>} */
  const first = new Set(firstQuestion.flatMap((path) => [...(needs.get(builtFrom(path)) ?? [])]));
  const used = lazySources(root).filter((path) => !firstQuestion.includes(path));
  const isLocale = (/** @type {string} */ path) => path.includes("/locales/");
  const sizes = used.map((path) => ({ path, bytes: size([builtFrom(path)]) }));
  const others = sizes
    .filter(({ path }) => !isLocale(path))
    .map(({ path, bytes }) => `\`${path.slice(7)}\` ${half(bytes)}`);
  const largest = Math.max(...sizes.filter(({ path }) => isLocale(path)).map(({ bytes }) => bytes));

  const tag = bytes(join(widget, "widget.js"));
  const panel = size([main]);
  const conversation = size(first);
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
        "when the panel is open",
        firstQuestion.map((path) => `\`${path.slice(7)}\``).join(", "),
        half(conversation),
        half(tag + panel + conversation),
      ],
      ["in a language other than English", "`i18n/locales/*.ts`, one of them", `up to ${half(largest)}`, ""],
      ["when needed", others.join(", "), "as named", ""],
    ],
  );
}

/** Rounded to half a kilobyte, so that not every change of the code changes the page. */
const half = (/** @type {number} */ bytes) => String(Math.max(Math.round(bytes / 500), 1) / 2);

/**
 * The sources that others of the widget fetch by `import()`.
 * @param {string} root
 */
function lazySources(root) {
  const folder = join(root, "widget");
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|testing|module\.ts$/.test(name))
    .flatMap((name) => {
      const path = join(folder, name);
      const text = readFileSync(path, "utf8");
      return [...text.matchAll(/import\("(\.[^"]+)"\)/g)].map((match) =>
        relative(root, join(dirname(path), match[1] ?? "")).replaceAll("\\", "/"),
      );
    });
  return [...new Set(found)].toSorted();
}
