/** The archive that owners install: one version everywhere, nothing in it that belongs elsewhere, and guarded PHP. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import { object, parse, string } from "valibot";
import { describe, expect, it } from "vitest";
import { describedOptions } from "../options/docs.ts";
import { pluginArchive } from "./testing/lay-out.ts";

const { version } = parse(object({ version: string() }), JSON.parse(readFileSync("package.json", "utf8")));
const folder = "chat-widget-for-customgpt/";
const archive = unzipSync(readFileSync(pluginArchive()));
const names = Object.keys(archive);
const textOf = (name: string) => strFromU8(archive[folder + name] ?? new Uint8Array());

describe("the plugin's archive", () => {
  it("says the package's version in its name, its header, its constant, its readme and its block", () => {
    expect(pluginArchive()).toContain(`-${version}.zip`);
    expect(textOf("customgpt-widget.php")).toMatch(new RegExp(`^ \\* Version: +${version}$`, "m"));
    expect(textOf("customgpt-widget.php")).toContain(`const VERSION = '${version}';`);
    expect(textOf("readme.txt")).toContain(`Stable tag: ${version}\n`);
    expect(JSON.parse(textOf("block/block.json"))).toMatchObject({ version });
    const own = names.filter((name) => !name.includes("/widget/"));
    expect(own.filter((name) => textOf(name.slice(folder.length)).includes("{{version}}"))).toEqual([]);
  });

  it("holds one folder with the widget in it, and nothing that only tests or proxies need", () => {
    expect(names.filter((name) => !name.startsWith(folder))).toEqual([]);
    expect(names.filter((name) => /\.(ts|map|br|gz)$|testing/.test(name))).toEqual([]);
    expect(textOf("widget/widget.js")).toBe(readFileSync("dist/widget/widget.js", "utf8"));
    expect(textOf("widget/LICENSE.txt")).toContain("MIT License");
  });

  it("holds each of the widget's options, by its kind", () => {
    const options = describedOptions();
    expect(options.length).toBeGreaterThan(20);
    for (const { name, kind } of options)
      expect(textOf("includes/options.php")).toMatch(
        new RegExp(`'${name}' => array\\(\\s+'kind' +=> '${kind}',`),
      );
  });

  it("holds PHP that is whole, does nothing when it is asked for by itself, and has a namespace", () => {
    const files = names.filter((name) => name.endsWith(".php"));
    expect(files.length).toBeGreaterThan(12);
    for (const name of files) {
      const text = textOf(name.slice(folder.length));
      expect(text, name).toMatch(/\nnamespace CustomGptWidget[\w\\]*;\n/);
      expect(text, name).toMatch(/\ndefined\( 'ABSPATH' \) \|\| exit;\n/);
      const linted = spawnSync("php", ["-l"], { input: text, encoding: "utf8" });
      expect(linted.stdout, name).toMatch(/^No syntax errors/);
    }
  });

  it("holds a template for translators with the texts of PHP, of the editor and of the widget's options", () => {
    const template = textOf("languages/chat-widget-for-customgpt.pot");
    for (const text of ["Where to show the chat", "Height in pixels", "The accent colour."])
      expect(template).toContain(`msgid "${text}"`);
  });
});
