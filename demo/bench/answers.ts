/** Long answers like those agents give: headings, prose, lists, tables, code and links, of any size. */

const words =
  "the widget keeps an answer on the proxy until every reader has it and so a phone that sleeps loses nothing of what was said while the page is away";

/** The n-th sentence; none is quite like another. */
function sentence(n: number): string {
  const all = words.split(" ");
  const picked = Array.from(
    { length: 8 + (n % 9) },
    (_, at) => all[(n * 7 + at * (1 + (n % 3))) % all.length],
  );
  const [first = "So", ...rest] = picked;
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${rest.join(" ")}.`;
}

const prose = (n: number, count: number) =>
  Array.from({ length: count }, (_, at) => sentence(n + at)).join(" ");

function section(n: number): string {
  return [
    `## Step ${n}: what ${words.split(" ")[n % 20]} does`,
    `${prose(n, 3)} This is **${sentence(n + 3)}** See [the guide, part ${n}](https://docs.example.com/part/${n}) and \`setting-${n}\` [${(n % 4) + 1}].`,
    `${prose(n + 5, 4)} Mind *${sentence(n + 9)}*`,
    Array.from({ length: 5 }, (_, at) => `- **Point ${at + 1}**: ${sentence(n + at)}`).join("\n"),
    `| Name | Meaning | Usual |\n| :-- | :-- | --: |\n${Array.from({ length: 5 }, (_, at) => `| \`name-${n}-${at}\` | ${sentence(n + at)} | ${n * at} |`).join("\n")}`,
    `\`\`\`js\nconst step${n} = await load("${n}");\n\n// ${sentence(n)}\nfor (const each of step${n}.parts) {\n  if (each.size > ${n * 10}) console.log(\`large: \${each.name}\`);\n}\n\`\`\``,
    Array.from(
      { length: 4 },
      (_, at) => `${at + 1}. ${sentence(n + at + 2)}\n   - ${sentence(n + at + 4)}`,
    ).join("\n"),
    `> ${prose(n + 11, 2)}`,
  ].join("\n\n");
}

export function longAnswer(characters: number): string {
  let text = "";
  for (let n = 1; text.length < characters; n++) text += `${section(n)}\n\n`;
  return text.slice(0, characters);
}
