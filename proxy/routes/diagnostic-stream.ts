/** `GET /healthz?stream`: five comment lines, 200 ms apart, that cost no query and reveal buffering. */
import { Refused } from "../http/errors.ts";
import type { Schedule } from "../schedule.ts";
import type { Handler } from "../deps.ts";

/** How many pieces the stream has, and the milliseconds between two of them. */
export const diagnosticPieces = { count: 5, apart: 200 } as const;

/** Anyone may request it, so the number of open streams is limited. */
const maxOpen = 8;

/** Has the headers of an answer, so that servers in front treat it as one. */
export function diagnosticStream(schedule: Schedule): Handler {
  let open = 0;
  return (c) => {
    if (open >= maxOpen) throw new Refused("upstream-busy", { retryAfter: 2 });
    open++;
    let cancelNext = () => {};
    let isOver = false;
    const end = () => {
      if (!isOver) open--;
      isOver = true;
      cancelNext();
    };
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        let written = 0;
        const write = () => {
          written++;
          controller.enqueue(new TextEncoder().encode(`: piece ${written} of ${diagnosticPieces.count}\n\n`));
          if (written < diagnosticPieces.count) {
            cancelNext = schedule(diagnosticPieces.apart, write);
          } else {
            end();
            controller.close();
          }
        };
        write();
      },
      cancel: end,
    });
    return c.body(body, 200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    });
  };
}
