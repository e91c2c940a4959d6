/** Program that crashes while an error holds a visitor's question and the key. */
import { endOnCrash } from "../../servers/node/on-crash.ts";
import { key } from "./siege-secrets.ts";

endOnCrash();
const request = { prompt: "my-private-question", authorization: `Bearer ${key}` };
setTimeout(() => {
  throw new TypeError(`Cannot send ${JSON.stringify(request)}`, { cause: request });
}, 1);
