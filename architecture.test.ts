/** Proves the architecture's rules: which folder imports which, page access, file length, generated parts and the bytes visitors pay. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { looseObject, optional, object, parse, record, string } from "valibot";
import { describe, expect, it } from "vitest";
import { builtStages } from "./.commands/docs/stages.js";
import { letters, ownProperties, tagProperties } from "./.commands/short-properties.js";

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");

const lockfile = object({
  packages: record(string(), looseObject({ optionalDependencies: optional(record(string(), string())) })),
});

type Source = { path: string; text: string; imports: string[]; packages: string[] };

function sourcesUnder(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name).replaceAll("\\", "/"))
    .filter((path) => /\.(ts|tsx|css)$/.test(path) && !path.endsWith(".d.ts"))
    .map((path) => {
      const text = readFileSync(path, "utf8");
      const named = [...withoutComments(text).matchAll(/(?:from|import|import\()\s*["']([^"']+)["']/g)].map(
        (match) => match[1] ?? "",
      );
      const own = named.filter((name) => name.startsWith("."));
      return {
        path,
        text,
        imports: own.map((name) =>
          normalize(join(dirname(path), name))
            .replaceAll("\\", "/")
            .replace(/\?\w+$/, ""),
        ),
        packages: named.filter((name) => !name.startsWith(".")),
      };
    });
}

const isTest = (path: string) =>
  /\.(test|e2e|wp|bench)\.tsx?$/.test(path) || /\/(testing|recordings|fuzz|bench)\//.test(path);
const all = ["widget", "proxy", "demo"].flatMap(sourcesUnder);
const shipped = all.filter((source) => !isTest(source.path));

/** What each folder may import besides itself, from the ground up. What stands beside the folders is named by file. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  "proxy/crypto": [],
  "proxy/protocol": [],
  "proxy/http": ["proxy/protocol"],
  "proxy/redis": [],
  "proxy/auth": ["proxy/crypto", "proxy/http", "proxy/protocol", "proxy/redis"],
  "proxy/contact": [],
  "proxy/limits": ["proxy/crypto", "proxy/http", "proxy/redis"],
  "proxy/metrics": ["proxy/protocol"],
  "proxy/middleware": ["proxy/http", "proxy/limits", "proxy/metrics", "proxy/protocol"],
  "proxy/schedule.ts": [],
  "proxy/settings": ["proxy/protocol"],
  "proxy/turns": ["proxy/protocol", "proxy/redis", "proxy/schedule.ts"],
  "proxy/upstream": ["proxy/metrics", "proxy/protocol", "proxy/schedule.ts"],
  "proxy/account": ["proxy/upstream"],
  "proxy/env-file": [],
  "proxy/deps.ts": [
    "proxy/auth",
    "proxy/contact",
    "proxy/crypto",
    "proxy/http",
    "proxy/limits",
    "proxy/metrics",
    "proxy/middleware",
    "proxy/redis",
    "proxy/schedule.ts",
    "proxy/settings",
    "proxy/turns",
    "proxy/upstream",
  ],
  "proxy/usage": ["proxy/deps.ts", "proxy/http", "proxy/metrics", "proxy/turns"],
  "proxy/answering": [
    "proxy/auth",
    "proxy/contact",
    "proxy/deps.ts",
    "proxy/http",
    "proxy/limits",
    "proxy/metrics",
    "proxy/middleware",
    "proxy/protocol",
    "proxy/redis",
    "proxy/turns",
    "proxy/upstream",
    "proxy/usage",
  ],
  "proxy/create-turns.ts": ["proxy/deps.ts", "proxy/http", "proxy/turns"],
  "proxy/create-deps.ts": [
    "proxy/answering",
    "proxy/auth",
    "proxy/contact",
    "proxy/create-turns.ts",
    "proxy/crypto",
    "proxy/deps.ts",
    "proxy/limits",
    "proxy/metrics",
    "proxy/middleware",
    "proxy/protocol",
    "proxy/settings",
  ],
  "proxy/routes": [
    "proxy/answering",
    "proxy/auth",
    "proxy/deps.ts",
    "proxy/http",
    "proxy/metrics",
    "proxy/middleware",
    "proxy/protocol",
    "proxy/redis",
    "proxy/schedule.ts",
    "proxy/turns",
    "proxy/upstream",
    "proxy/usage",
  ],
  "proxy/app.ts": [
    "proxy/answering",
    "proxy/create-deps.ts",
    "proxy/deps.ts",
    "proxy/http",
    "proxy/middleware",
    "proxy/protocol",
    "proxy/routes",
  ],
  "proxy/standin": [],
  "proxy/servers": [
    "proxy/account",
    "proxy/app.ts",
    "proxy/env-file",
    "proxy/http",
    "proxy/limits",
    "proxy/metrics",
    "proxy/middleware",
    "proxy/protocol",
    "proxy/redis",
    "proxy/routes",
    "proxy/schedule.ts",
    "proxy/settings",
    "proxy/standin",
    "proxy/turns",
    "proxy/upstream",
  ],
  "proxy/cli": [
    "proxy/env-file",
    "proxy/protocol",
    "proxy/redis",
    "proxy/routes",
    "proxy/servers",
    "proxy/settings",
    "proxy/upstream",
  ],
  "proxy/setup": ["proxy/account", "proxy/cli", "proxy/env-file", "proxy/settings", "proxy/upstream"],
  "proxy/main.ts": ["proxy/cli", "proxy/servers", "proxy/setup"],
  "widget/builtins": [],
  "widget/conversation": ["proxy/protocol", "widget/builtins"],
  "widget/i18n": ["proxy/protocol"],
  "widget/options": [],
  "widget/page": ["proxy/protocol", "widget/builtins"],
  "widget/browser": [
    "proxy/protocol",
    "widget/builtins",
    "widget/conversation",
    "widget/i18n",
    "widget/options",
    "widget/page",
  ],
  "widget/embed": ["proxy/protocol", "widget/browser", "widget/builtins", "widget/options"],
  "widget/markdown": ["widget/builtins"],
  "widget/view": [
    "proxy/protocol",
    "widget/builtins",
    "widget/conversation",
    "widget/i18n",
    "widget/markdown",
    "widget/options",
    "widget/page",
  ],
  "widget/app": [
    "proxy/protocol",
    "widget/browser",
    "widget/builtins",
    "widget/conversation",
    "widget/embed",
    "widget/i18n",
    "widget/options",
    "widget/view",
  ],
  "widget/module.ts": ["widget/app", "widget/embed", "widget/options"],
  "widget/tag.ts": ["widget/builtins", "widget/embed"],
};

const folderOf = (path: string) => path.split("/").slice(0, 2).join("/");

/** Words that reach for the page, the network, time or chance. */
const reaching =
  /(?<![\w.$"'`/-])(document|window|localStorage|sessionStorage|navigator|location|fetch|setTimeout|setInterval|requestAnimationFrame)(?=\s*[.([])|Date\.now|Math\.random|crypto\.(randomUUID|getRandomValues)|process\.env/;

/** Where reaching out is the job: what talks to browser and server, and the view files that own a behaviour of the page. */
const mayReach = [
  /^widget\/(app|browser|builtins|embed|page)\//,
  /^widget\/(tag|module)\.ts$/,
  /^widget\/view\/(host-page|mount|timing)\.tsx?$/,
  /^widget\/view\/panel\/(composer|header|menu|panel|scroll-area|transcript)\.tsx$/,
  /^widget\/view\/answer\/streaming-text\.tsx$/,
  /^proxy\/servers\//,
  /^proxy\/redis\/connect-redis\.ts$/,
  /^proxy\/cli\//,
  /^proxy\/env-file\/read-environment\.ts$/,
  /^proxy\/setup\/(create-deps|run-setup)\.ts$/,
  /^demo\//,
];

describe("the layout", () => {
  const crossings = shipped
    .filter(({ path }) => !path.startsWith("demo/"))
    .flatMap(({ path, imports }) => imports.map((target) => ({ path, target })))
    .map((each) => ({ ...each, from: folderOf(each.path), to: folderOf(each.target) }))
    .filter(({ from, to }) => from !== to);

  it("folders import what the list of arrows allows them, and nothing else", () => {
    const wrong = crossings.filter(({ from, to }) => !arrows[from]?.includes(to));
    expect(wrong.map(({ path, target }) => `${path} imports ${target}`)).toEqual([]);
  });

  it("arrows lead to folders above them in the list, so that none leads back", () => {
    const names = Object.keys(arrows);
    const back = Object.entries(arrows).flatMap(([from, allowed]) =>
      allowed
        .filter((to) => !names.slice(0, names.indexOf(from)).includes(to))
        .map((to) => `${from} → ${to}`),
    );
    expect(back).toEqual([]);
  });

  it("every arrow is needed", () => {
    const used = new Set(crossings.map(({ from, to }) => `${from} → ${to}`));
    const listed = Object.entries(arrows).flatMap(([from, allowed]) =>
      allowed.map((to) => `${from} → ${to}`),
    );
    expect(listed.filter((arrow) => !used.has(arrow))).toEqual([]);
  });

  it("a file that import() fetches says so in its name, languages excepted, and is imported in no other way", () => {
    const inWidget = shipped.filter(({ path }) => path.startsWith("widget/"));
    const unmarked = inWidget.flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(/import\(\s*["'](\.[^"']+)["']\s*\)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !/\.lazy\.tsx?$|^\.\/locales\//.test(target))
        .map((target) => `${path} fetches ${target}`),
    );
    // What is itself fetched may pass on what is fetched with it.
    const early = inWidget.flatMap(({ path, text }) =>
      [
        ...withoutComments(text)
          .replace(path.includes(".lazy.") ? /^export \* from .*$/gm : "", "")
          .matchAll(/^(?:import|export) (?!type\b)[^;=(]*["']([^"']+\.lazy\.tsx?)["']/gm),
      ].map(([, target = ""]) => `${path} imports ${target}`),
    );
    expect([...unmarked, ...early]).toEqual([]);
  });

  it("PHP files are short, few in a folder, open with a sentence, and do nothing outside of WordPress", () => {
    const files = readdirSync("widget/wordpress", { recursive: true, encoding: "utf8" })
      .map((name) => join("widget/wordpress", name).replaceAll("\\", "/"))
      .filter((path) => path.endsWith(".php") && !isTest(path));
    const wrong = files.filter((path) => {
      const text = readFileSync(path, "utf8");
      const isGuarded =
        text.includes("defined( 'ABSPATH' ) ||") || text.includes("defined( 'WP_UNINSTALL_PLUGIN' ) ||");
      return !isGuarded || !text.startsWith("<?php\n/**") || text.split("\n").length > 201;
    });
    const crowded = files.filter(
      (path) => files.filter((other) => dirname(other) === dirname(path)).length > 15,
    );
    expect([...wrong, ...crowded]).toEqual([]);
  });

  it("a folder holds at most 15 source files, languages excepted", () => {
    const count = new Map<string, number>();
    for (const { path } of shipped)
      if (/\.tsx?$/.test(path) && !path.includes("/locales/"))
        count.set(dirname(path), (count.get(dirname(path)) ?? 0) + 1);
    expect([...count].filter(([, files]) => files > 15)).toEqual([]);
  });

  it("the widget reaches into the proxy at the protocol only, and the proxy never into the widget", () => {
    const wrong = shipped.flatMap((source) =>
      source.imports
        .filter(
          (target) =>
            (source.path.startsWith("widget/") &&
              target.startsWith("proxy/") &&
              !target.startsWith("proxy/protocol/")) ||
            (source.path.startsWith("proxy/") && target.startsWith("widget/")),
        )
        .map((target) => `${source.path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("the protocol imports nothing, and the stand-in knows nothing of ours", () => {
    const foreign = (folder: string) =>
      shipped
        .filter((source) => source.path.startsWith(folder))
        .flatMap((source) => source.imports.filter((target) => !target.startsWith(folder)));
    expect(foreign("proxy/protocol/")).toEqual([]);
    expect(foreign("proxy/standin/")).toEqual([]);
    expect(
      shipped
        .filter((source) => source.path.startsWith("proxy/protocol/"))
        .flatMap((source) => source.packages),
    ).toEqual([]);
  });

  it("servers for visitors hold nothing of the stand-in, neither its code nor its packages", () => {
    const ofStandin = /proxy\/(?:servers\/)?standin\/|minisearch|htmlparser2/i;
    const files = ["demo/serve.js", "proxy/server.js", "proxy/shared.js", "proxy/worker.js"];
    const holders = files.filter((file) => ofStandin.test(readFileSync(`dist/${file}`, "utf8")));
    expect(holders).toEqual(["demo/serve.js"]);
  });

  it("a server loads nothing of set-up, neither its code nor its prompts", () => {
    const loaded = ["server.js", "shared.js"].map((file) => readFileSync(`dist/proxy/${file}`, "utf8"));
    expect(
      loaded.filter((text) => /^import .*run-setup|proxy\/setup\/|sisteransi|clack/m.test(text)),
    ).toEqual([]);
    expect(readFileSync("dist/proxy/run-setup.js", "utf8")).toMatch(/clack/);
  });

  it("what is on the page before anyone clicks has no Preact in it", () => {
    const reached = new Set<string>(["widget/tag.ts"]);
    for (const path of reached) {
      const source = shipped.find((each) => each.path === path);
      if (path.endsWith("start-chat.lazy.tsx")) continue;
      const kept = (source?.text ?? "").replace(/import type[\s\S]*?;/g, "");
      for (const target of source?.imports ?? [])
        if (kept.includes(target.split("/").pop() ?? "")) reached.add(target);
      expect(kept, path).not.toMatch(/from "(preact|@preact)/);
    }
    expect(reached.size).toBeGreaterThan(5);
  });

  it("page, network, time and chance are arguments everywhere but in the files that reach for them", () => {
    const wrong = shipped
      .filter((source) => /\.tsx?$/.test(source.path) && !mayReach.some((place) => place.test(source.path)))
      .flatMap((source) => {
        const found = reaching.exec(withoutComments(source.text).replace(/"[^"\n]*"|`[^`]*`/g, '""'));
        return found ? [`${source.path}: ${found[0]}`] : [];
      });
    expect(wrong).toEqual([]);
  });
});

/** Names that say nothing, and names of types that the field has other words for. */
const emptyNames = /(?:^|[/.-])(?:utils?|helpers?|common|misc)(?=[/.-])/;
/** Words that no file is named by any more: each had a meaning in this project only. */
const formerFiles =
  /(?:^|[/.-])(?:adopt|adversit(?:y|ies)|alive|arrival|asides?|asked|asking|begun|born|bring|custody|doors?|drawn?|elsewhere|errands|faces?|growing|hands?|harvest|hear|hearer|held|house|incarnation|journal|judge|kept|late|later|leading|ledger|longest|look|loose|mended?|meters|mirror|mishap|most|neighbours|owed|passing|patience|persist|rare|remedy|said|settled|shelf|shelter|soon|spine|steady|told|unsaid|untouched|usual|waiting|wish|workings|worlds?)(?=[/.-])/;
const formerTypes =
  /^export (?:declare )?(?:type|interface|class) (AgentFace|House|LastingHouse|Neighbours|World|Workings|Told|Parts|ChatParts|StartedChat|Happenings|Doors|Said|KeptMemory|Remembered|Place|Note|Shelf|LateHands|AskingHands|Leading|Wish|Asking|Journal|TurnedDown|Harvest)\b/m;

/** Variables and functions that the field has other words for. */
const formerVariables =
  /\b(?:const|let|function) (anew|born|doors|half|hands|kept|nobody|said|shelf|whoever|(?:least|longest|most)(?:[A-Z]\w*)?)\b/;

/** What the build starts from or puts in, what docs.js reads, and what WordPress loads by name. */
const entries =
  /^(?:widget\/(?:tag|module|options\/docs|builtins\/(?:microtask|page-document))\.ts|widget\/wordpress\/assets\/\w+\.css|proxy\/(?:main|servers\/worker\/worker)\.ts)$/;

describe("every file", () => {
  it("is imported by more than tests, or stands in a folder for tests", () => {
    const imported = new Set(shipped.flatMap(({ imports }) => imports));
    const lonely = shipped
      .map(({ path }) => path)
      .filter((path) => /^(?:widget|proxy)\//.test(path) && !entries.test(path) && !imported.has(path));
    expect(lonely).toEqual([]);
  });

  it("is named for what is in it, and gives nothing a name that has gone", () => {
    const named = all.filter(({ path }) => emptyNames.test(path) || formerFiles.test(path));
    const typed = shipped.flatMap(({ path, text }) => {
      const found = formerTypes.exec(text)?.[1];
      return found ? [`${path} exports ${found}`] : [];
    });
    const called = shipped
      .filter(({ path }) => /\.tsx?$/.test(path))
      .flatMap(({ path, text }) => {
        const found = formerVariables.exec(withoutComments(text))?.[1];
        return found ? [`${path} calls something ${found}`] : [];
      });
    expect([...named.map(({ path }) => path), ...typed, ...called]).toEqual([]);
    expect("widget/view/utils.ts").toMatch(emptyNames);
    expect("widget/common/x.ts").toMatch(emptyNames);
    expect("widget/view/told-answers.tsx").toMatch(formerFiles);
    expect("widget/view/ui/shelf.css").toMatch(formerFiles);
    expect("export type World = {").toMatch(formerTypes);
    expect("const longestText = 3;").toMatch(formerVariables);
  });

  it("has at most 200 lines", () => {
    const long = shipped
      .filter((source) => source.text.split("\n").length > 201)
      .map((source) => source.path);
    expect(long).toEqual([]);
  });

  it("opens with one sentence saying what it is for", () => {
    const silent = shipped
      .filter((source) => /\.tsx?$/.test(source.path))
      .filter(
        (source) =>
          !/^\/\*\* [^\n]+[.:)] \*\/\n/.test(source.text) && !/^\/\*\*\n \* [A-Z]/.test(source.text),
      );
    expect(silent.map((source) => source.path)).toEqual([]);
  });

  it("gives custom properties of the widget names that no page has", () => {
    const styled = shipped.filter((source) => source.path.startsWith("widget/"));
    const named = /(?<=var\(\s*|["'`])--[\w-]+|--[\w-]+(?=\s*:)|(?<=@property )--[\w-]+/g;
    const names = styled.flatMap((source) => withoutComments(source.text).match(named) ?? []);
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => !name.startsWith("--cgw-"))).toEqual([]);
  });

  it("has no way around the types and no markup from strings", () => {
    const escapes = /\bas any\b|: any\b|<any>|@ts-(ignore|expect-error|nocheck)|as unknown as/;
    const markup =
      /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|\beval\(|style=\{/;
    const wrong = shipped.filter(
      (source) =>
        escapes.test(source.text) ||
        (source.path.startsWith("widget/") && markup.test(withoutComments(source.text))),
    );
    expect(wrong.map((source) => source.path)).toEqual([]);
  });
});

/** What libraries replace by something else, or what an engine has that is otherwise new enough may lack. */
const risky = [
  /\bArray\.from|\bstructuredClone\b|\bwithResolvers\b|\bthrowIfAborted\b|\bURL\.(canParse|parse)\b/,
  /\bObject\.(hasOwn|groupBy)\b|\bMap\.groupBy\b|\.hasOwnProperty\(/,
  /\bPromise\.(any|allSettled|try)\b|\bAbortSignal\.\w/,
  /\.(replaceAll|isWellFormed|toWellFormed|at|with|findLast|findLastIndex|toReversed|toSorted|toSpliced)\(/,
  /\.scrollTo\(|\bnew Event\(|\bDocument\.prototype\b|\bin Document\b|\bnew Proxy\([^;]*, \{/,
  // Options inherit what a page adds to all objects.
  /addEventListener\([^;]*, \{/,
  /\b(?:fetchNow|defineProperty|TextDecoder)\([^;]*,\s*\(?\{/,
  // Texts, lists and objects may have a `toJSON`: that is what `asJson` is for.
  /\bJSON\.stringify\((?!value, asItIs\))/,
];

/** What the build leaves out of Preact and of its signals: `.commands/slim-packages.js`. */
const leftOut =
  /\b(?:getDerivedState\w+|getSnapshotBeforeUpdate|componentWill(?:Mount|Update|ReceiveProps)|createPortal|hydrate|Consumer|useComputed|useModel)\b|\bdefault(?:Value|Checked)=|<(?:math|template|foreignObject|progress)\b|\b(?:un)?watched:|\bon\w+Capture=|\b(?:list|form|download|rowSpan|colSpan|is)=[{"]|\bsetState\((?!\{)|\bcreateModel\b|Symbol\.dispose\b/;

/** The build puts a document in its place that is for reading and calling. */
const assignment = /\b(?:document|page|ownerDocument)\.\w+ (?:\?\?|\|\||&&|[-+])?=(?!=)/;

describe("on pages that change what all scripts stand on", () => {
  const inBrowsers = shipped.filter(({ path }) => /^widget\/.*\.tsx?$/.test(path));
  const uses = (rules: readonly RegExp[]) =>
    inBrowsers.flatMap(({ path, text }) =>
      rules.flatMap((rule) => {
        const found = rule.exec(withoutComments(text));
        return found ? [`${path}: ${found[0]}`] : [];
      }),
    );

  it("the widget uses nothing that is known to be changed or missing there", () => {
    expect(uses(risky)).toEqual([]);
  });

  it("the widget assigns nothing to the document", () => {
    expect(uses([assignment])).toEqual([]);
  });

  it("the widget uses no feature of a package that the build leaves out", () => {
    expect(uses([leftOut])).toEqual([]);
  });

  const own = inBrowsers.map(({ text }) => withoutComments(text));

  it("a property whose name the build shortens is the chat's own, and read by no text", () => {
    const outside =
      /^(?:proxy\/protocol|widget\/embed|widget\/options|widget\/browser\/storage)\/|^widget\/(?:tag|module)\.ts$/;
    const foreign = shipped
      .filter(({ path }) => outside.test(path))
      .map(({ text }) => withoutComments(text).replace(/\bfrom "[^"]*"/g, ""));
    const wrong = ownProperties.filter(
      (name) =>
        foreign.some((text) => new RegExp(`\\b${name}\\b`).test(text)) ||
        own.some((text) => new RegExp(`["'\`]${name}["'\`](?: in |\\]|\\))`).test(text)) ||
        !own.some((text) => new RegExp(`\\b${name}\\b`).test(text)),
    );
    expect(wrong).toEqual([]);
  });

  it("a property whose name the build shortens in the tag is not shared with the chat or the page, and read by no text", () => {
    const shared =
      /^(?:proxy\/protocol\/.*|widget\/options\/(?:parsers|table|read-option)\.ts|widget\/embed\/typings\/page\.ts)$/;
    const textOf = (path: string) => withoutComments(shipped.find((file) => file.path === path)?.text ?? "");
    const [chatTypes = "", mountType] = textOf("widget/embed/types.ts").split("export type EntryOptions");
    const [handleType = "", handle] = textOf("widget/embed/handle.ts").split("function subscribe");
    expect([mountType, handle]).not.toContain(undefined);
    const foreign = [
      ...shipped.filter(({ path }) => shared.test(path)).map(({ text }) => withoutComments(text)),
      chatTypes,
      handleType,
    ].map((text) => text.replace(/\bfrom "[^"]*"/g, ""));
    const wrong = tagProperties.filter(
      (name) =>
        foreign.some((text) => new RegExp(`\\b${name}\\b`).test(text)) ||
        own.some((text) => new RegExp(`["'\`]${name}["'\`](?: in |\\]|\\))`).test(text)) ||
        !own.some((text) => new RegExp(`\\b${name}\\b`).test(text)),
    );
    expect(wrong).toEqual([]);
  });

  it("no property has one of the letters that the build names others by", () => {
    const oneLetter = /(?<=[\w)\]]\??\.|[{,]\s*)[a-z](?=\??:|(?<=\.\w)\b)|(?<=\s)[a-z](?==[{"])/gi;
    const named = own.flatMap(
      (text) => text.replace(/"[^"\n]*"|\/[^/\n]+\/\w*/g, '""').match(oneLetter) ?? [],
    );
    expect([...new Set(named)].sort()).toEqual(["d", "q"]);
    expect(letters).not.toMatch(/[dq]/);
  });

  it("such uses are noticed", () => {
    const wrong = [
      "Array.from(list, (one) => one)",
      "structuredClone(value)",
      "Object.hasOwn(known, code)",
      "await Promise.allSettled(all)",
      "AbortSignal.timeout(1000)",
      'text.replaceAll("a", "b")',
      "turns.at(-1)",
      "frame.scrollTo({ top: 0 })",
      'button.addEventListener("click", press, { once: true })',
      "new Proxy(Object(globalThis.document), { get })",
      'fetchNow(\n  address,\n  { credentials: "omit" })',
      "body: JSON.stringify(body)",
    ];
    expect(wrong.filter((text) => !risky.some((rule) => rule.test(text)))).toEqual([]);
    for (const text of ["override componentWillMount() {", "<Chat.Consumer>", "<math>", "{ watched: start }"])
      expect(text).toMatch(leftOut);
    for (const text of [
      "document.title = title",
      "page.adoptedStyleSheets = [sheet]",
      "near.ownerDocument.x ??= 1",
    ])
      expect(text).toMatch(assignment);
    expect("if (page.title === title) page.adoptedStyleSheets.push(sheet)").not.toMatch(assignment);
  });
});

describe("said once", () => {
  it("the generated parts of README, REFERENCE and ARCHITECTURE are what the code says (npm run docs writes them)", () => {
    const result = spawnSync(process.execPath, [".commands/docs.js", "--check"], { encoding: "utf8" });
    expect(result.stderr + result.stdout).toContain("up to date");
    expect(result.status).toBe(0);
  });

  it("README and ARCHITECTURE stay short enough to be read", () => {
    expect(statSync("README.md").size).toBeLessThanOrEqual(12_000);
    expect(statSync("ARCHITECTURE.md").size).toBeLessThanOrEqual(15_000);
  });

  it("the lockfile records no download address", () => {
    expect(readFileSync("package-lock.json", "utf8")).not.toContain('"resolved"');
  });

  it("the lockfile holds every platform's packages, without which `npm ci` refuses it on an empty machine", () => {
    const lock: unknown = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const { packages } = parse(lockfile, lock);
    const locked = Object.keys(packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + 13));
    const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((name) => !locked.includes(name))).toEqual([]);
  });
});

describe("what a visitor pays (brotli bytes of the built files)", () => {
  const bytes = (path: string) => statSync(`${path}.br`).size;
  const assets = () => readdirSync("dist/widget/assets").filter((name) => name.endsWith(".js"));

  /** The chat's entry and everything it imports at once. */
  function eager(): string[] {
    const entry = assets().find((name) => name.startsWith("main-"));
    if (!entry) throw new Error("No built chat: run `npm run build` first.");
    const seen = new Set([entry]);
    for (const name of seen) {
      const text = readFileSync(`dist/widget/assets/${name}`, "utf8");
      for (const match of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g))
        if (match[1]) seen.add(match[1]);
    }
    return [...seen];
  }

  it("widget.js is at most 4 kB", () => {
    expect(bytes("dist/widget/widget.js")).toBeLessThanOrEqual(4_000);
  });

  it("everything until the panel is usable is at most 25.7 kB", () => {
    const total = eager().reduce(
      (sum, name) => sum + bytes(`dist/widget/assets/${name}`),
      bytes("dist/widget/widget.js"),
    );
    expect(total).toBeLessThanOrEqual(25_686);
  });

  it("everything until a first answer is there is at most 50 kB, in two files besides", () => {
    const { tag, panel, answer, answerFiles } = builtStages(process.cwd());
    expect(tag + panel + answer).toBeLessThanOrEqual(50_000);
    expect(answerFiles.length).toBeLessThanOrEqual(2);
  });

  it("none of it, packages included, can make markup or styles of a text", () => {
    const ways = /innerHTML|outerHTML|cssText|dangerouslySetInnerHTML|\.style=/;
    const files = ["dist/widget/widget.js", ...assets().map((name) => `dist/widget/assets/${name}`)];
    expect(files.filter((file) => ways.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("other languages are files of their own", () => {
    expect(assets().length).toBeGreaterThan(eager().length);
  });
});
