/** Program of the proxy: `customgpt-widget` with its commands; without one it starts the server. */
import { runCheck } from "./cli/run-check.ts";
import { runServer } from "./servers/node/run-server.ts";

const usage = `Usage: customgpt-widget [command]

  start    starts the proxy with the settings of this environment and of .env (the same without a command)
  setup    takes your key, lets you choose or make an agent, and writes .env
  check    checks the settings, or a proxy at an address

\`customgpt-widget setup --help\` and \`customgpt-widget check --help\` say more.`;

/** Each takes the words after it. */
const commands: Readonly<Record<string, (words: readonly string[]) => Promise<void>>> = {
  start: (words) =>
    words.length === 0 ? runServer() : refuse(`"start" takes no words, but was given: ${words.join(" ")}`),
  // Loaded only here, so that servers hold nothing of it.
  setup: async (words) => (await import("./setup/run-setup.ts")).runSetup(words),
  check: runCheck,
  "--help": async () => void process.stdout.write(`${usage}\n`),
};

function refuse(why: string): never {
  process.stderr.write(`${why}\n\n${usage}\n`);
  process.exit(2);
}

const words = process.argv.slice(2);
// The package's check-setup.js says so beside the words that it was given.
const isCheck = words.includes("--check");
const [command = "start", ...rest] = isCheck
  ? ["check", ...words.filter((word) => word !== "--check")]
  : words;
const run = commands[command];
await (run ? run(rest) : refuse(`There is no command "${command}".`));
