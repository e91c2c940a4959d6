/** Tests of `.env`: what the owner wrote stays, what set-up writes is read the same by Node and a shell. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mergeEnvFile, readEnvFile, writtenBefore } from "./env-file.ts";
import { readEnvironment } from "./read-environment.ts";
import { writeEnvFile } from "./write-env-file.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "env-file "));
  file = join(folder, ".env");
});
afterEach(() => rmSync(folder, { recursive: true }));

const key = "17|abcdefghijklmnopqrstuvwxyz0123456789ABCD";

describe("set-up's block", () => {
  it("is added below what the owner wrote, which stays byte for byte", () => {
    const theirs = "# mine\r\nPORT = 9000\nDEBUG=1";
    const { text, unchanged } = mergeEnvFile(theirs, { CUSTOMGPT_API_KEY: key, PORT: "8787" });
    expect(text.startsWith(`${theirs}\n# Written by`)).toBe(true);
    expect(unchanged).toEqual(["PORT"]);
    expect(readEnvFile(text)).toEqual({
      values: { PORT: "9000", DEBUG: "1", CUSTOMGPT_API_KEY: key },
      badLines: [],
    });
  });

  it("is replaced by the next run, wherever it stands, and by nothing else", () => {
    const first = mergeEnvFile("A=1\n", { CUSTOMGPT_PROJECT_ID: "1", MONTH_BUDGET: "5" }).text;
    const second = mergeEnvFile(`${first}B=2\n`, { CUSTOMGPT_PROJECT_ID: "2" }).text;
    expect(readEnvFile(second).values).toEqual({ A: "1", CUSTOMGPT_PROJECT_ID: "2", B: "2" });
    expect(second).toMatch(/^A=1\n# Written[^]*# End[^\n]*\nB=2\n$/);
    expect(writtenBefore(second)).toEqual({ CUSTOMGPT_PROJECT_ID: "2" });
    expect(mergeEnvFile(second, { CUSTOMGPT_PROJECT_ID: "2" }).text).toBe(second);
  });

  it.each([key, "https://a.example,https://b.example", "a b", '$HOME `id` \\ " #', ""])(
    "means the same to Node and to a shell: %s",
    (value) => {
      const { text } = mergeEnvFile("", { VALUE: value });
      writeFileSync(file, text);
      expect(readEnvFile(text).values["VALUE"]).toBe(value);
      const shell = spawnSync("sh", ["-c", '. "$1"; printf %s "$VALUE"', "sh", file], { encoding: "utf8" });
      expect(shell.stdout).toBe(value);
    },
  );
});

describe("the file", () => {
  it("is its owner's alone, also when it was open to others before", () => {
    writeFileSync(file, "A=1");
    chmodSync(file, 0o644);
    expect(readEnvironment({ ENV_FILE: file }).warnings.join()).toContain("chmod 600");
    writeEnvFile(file, "A=2\n", "new");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readEnvironment({ ENV_FILE: file })).toEqual({
      environment: { A: "2", ENV_FILE: file },
      file,
      warnings: [],
      errors: [],
    });
  });

  it("is not written through a link, nor when its folder is not there; the sentence says what to do", () => {
    const elsewhere = join(folder, "elsewhere");
    writeFileSync(elsewhere, "theirs");
    symlinkSync(elsewhere, file);
    expect(() => writeEnvFile(file, "A=1", "new")).toThrow(/is a link/);
    expect(readFileSync(elsewhere, "utf8")).toBe("theirs");
    expect(() => writeEnvFile(join(folder, "no", ".env"), "A=1", "new")).toThrow(/folder does not exist/);
    expect(readdirSync(folder)).toEqual([".env", "elsewhere"]);
  });

  it.runIf(process.platform === "linux")("says when its folder cannot be written to", () => {
    expect(() => writeEnvFile("/sys/.env", "A=1", "new")).toThrow(
      /cannot be written to\. Run set-up in a folder/,
    );
  });

  it.runIf(process.getuid?.() === 0)("is left as it was when the disk is full", ({ skip }) => {
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=8k", "tmpfs", folder]).status === 0;
    skip(!mounted, "nothing may be mounted here");
    try {
      writeFileSync(file, "A=1\n");
      expect(() => writeEnvFile(file, `A=${"x".repeat(20_000)}`, "new")).toThrow(/disk is full\. Make room/);
      expect(readFileSync(file, "utf8")).toBe("A=1\n");
      expect(readdirSync(folder)).toEqual([".env"]);
    } finally {
      spawnSync("umount", [folder]);
    }
  });

  it("comes second to the environment, and a line that sets nothing is named without its words", () => {
    writeFileSync(file, 'A=file\nB=file\nC="two\nlines"\nsecret 17|abc\n', { mode: 0o600 });
    const read = readEnvironment({ ENV_FILE: file, A: "real", B: "" });
    expect(read.environment).toMatchObject({ A: "real", B: "file", C: "two\nlines" });
    expect(read.errors).toEqual([`${file} line 5 sets nothing; a line is NAME=value, or a comment after #.`]);
  });

  it("that was named must be there; `none` reads none", () => {
    expect(readEnvironment({ ENV_FILE: join(folder, "nowhere") }).errors).toHaveLength(1);
    expect(readEnvironment({ ENV_FILE: "none" })).toMatchObject({ file: null, errors: [] });
  });
});
