/** The test projects: what each runs, and in what environment. */
import type { TestProjectConfiguration } from "vitest/config";

/** The scenes every engine must play, in those engines that are tested in a step of their own. */
const otherBrowsers = ["demo/home/in-{firefox,webkit}.e2e.ts"];

/** Real sites built from the guide's recipes, which `npm run test:recipes` fetches the builders for. */
const builtSites = "demo/recipes/built/*.e2e.ts";

/** The shortest way through a real WordPress in both of the plugin's modes: part of every run, with one version. */
const firstAnswers = ["widget/wordpress/{a-visitor-asks,without-a-proxy,archive}.wp.ts"];

/** Writes the pictures of the guide's page for WordPress; run by hand. */
const guidePictures = "widget/wordpress/guide-pictures.wp.ts";

/**
 * The widget's tests that leave nothing behind in the window. They share one, as the proxy's share a process: to load
 * everything anew for each file takes longer than most files do.
 */
const withoutTraces = [
  "widget/{browser,builtins,conversation,i18n,markdown,options,page}/**/*.test.{ts,tsx}",
];

/** The view's tests share a window too, but for two that replace modules, which others have loaded by then. */
const ofView = ["widget/view/**/!(transcript|extras).test.{ts,tsx}"];

/** Node 25 and newer have a `localStorage` of their own, empty without a file, that would hide happy-dom's. */
const withoutStorage = "--no-experimental-webstorage";
const execArgv = process.allowedNodeEnvironmentFlags.has(withoutStorage) ? [withoutStorage] : [];

export const projects: TestProjectConfiguration[] = [
  {
    extends: true,
    test: {
      name: "widget",
      include: ["widget/**/*.test.{ts,tsx}"],
      exclude: [...withoutTraces, ...ofView],
      environment: "happy-dom",
      execArgv,
      testTimeout: 60_000,
    },
  },
  {
    extends: true,
    test: {
      name: "widget-together",
      include: withoutTraces,
      environment: "happy-dom",
      execArgv,
      isolate: false,
      testTimeout: 60_000,
    },
  },
  {
    extends: true,
    test: {
      name: "widget-view",
      include: ofView,
      environment: "happy-dom",
      execArgv,
      isolate: false,
      testTimeout: 60_000,
    },
  },
  {
    extends: true,
    test: { name: "bench", include: ["{widget,proxy,demo}/**/*.bench.ts"], fileParallelism: false },
  },
  {
    extends: true,
    test: {
      name: "proxy",
      include: ["proxy/**/*.test.ts"],
      environment: "node",
      isolate: false,
      // What is asserted is what happens, not how fast: that must hold on a busy machine as well.
      testTimeout: 60_000,
    },
  },
  {
    extends: true,
    test: {
      name: "repository",
      css: true,
      include: ["demo/**/*.test.ts", "*.test.ts"],
      environment: "node",
      testTimeout: 60_000,
    },
  },
  {
    extends: true,
    test: {
      name: "browser",
      css: true,
      include: ["demo/**/*.e2e.ts"],
      exclude: [...otherBrowsers, builtSites],
      environment: "node",
      isolate: false,
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  },
  {
    extends: true,
    test: {
      name: "other-browsers",
      css: true,
      include: otherBrowsers,
      environment: "node",
      isolate: false,
      testTimeout: 90_000,
      hookTimeout: 120_000,
    },
  },
  {
    extends: true,
    test: {
      name: "recipes",
      css: true,
      include: [builtSites],
      environment: "node",
      fileParallelism: false,
      testTimeout: 600_000,
      hookTimeout: 120_000,
    },
  },
  {
    extends: true,
    test: {
      name: "wordpress",
      css: true,
      include: ["widget/wordpress/**/*.wp.ts"],
      exclude: [guidePictures],
      environment: "node",
      isolate: false,
      fileParallelism: false,
      testTimeout: 90_000,
      hookTimeout: 180_000,
    },
  },
  {
    extends: true,
    test: {
      name: "wordpress-first",
      css: true,
      include: firstAnswers,
      environment: "node",
      isolate: false,
      testTimeout: 90_000,
      hookTimeout: 180_000,
    },
  },
  {
    extends: true,
    test: {
      name: "guide-pictures",
      css: true,
      include: [guidePictures],
      environment: "node",
      testTimeout: 90_000,
      hookTimeout: 180_000,
    },
  },
];
