/** Languages that can be highlighted, by all their names; the highlighter is fetched only for those. */

export type Language = "script" | "php" | "python" | "shell" | "sql" | "markup" | "css" | "json";

const names: Readonly<Record<Language, string>> = {
  script: "js javascript mjs cjs jsx ts typescript mts cts tsx",
  php: "php",
  python: "py python python3",
  shell: "sh bash shell zsh console",
  sql: "sql mysql postgres postgresql sqlite",
  markup: "html xml svg vue xhtml",
  css: "css scss less",
  json: "json jsonc json5",
};

const byName = new Map<string, Language>();
for (const language of ["script", "php", "python", "shell", "sql", "markup", "css", "json"] as const)
  for (const name of names[language].split(" ")) byName.set(name, language);

export function knownLanguage(name: string | null): Language | null {
  return byName.get(name?.toLowerCase() ?? "") ?? null;
}
