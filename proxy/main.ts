/** Program of the proxy: starts the server or, with `--check`, checks a set-up. */
import { runCheck } from "./cli/run-check.ts";
import { runServer } from "./servers/node/run-server.ts";

const words = process.argv.slice(2);
if (words.includes("--check")) await runCheck(words.filter((word) => word !== "--check"));
else await runServer();
