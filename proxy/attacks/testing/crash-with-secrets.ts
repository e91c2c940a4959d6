/** A program that crashes with a visitor's question and the key in hand. */
import { endOnCrash } from "../../servers/node/on-crash.ts";
import { key } from "./siege-words.ts";

endOnCrash();
const request = { prompt: "my-private-question", authorization: `Bearer ${key}` };
setTimeout(() => {
  throw new TypeError(`Cannot send ${JSON.stringify(request)}`, { cause: request });
}, 1);
