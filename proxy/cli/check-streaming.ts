/** Check that a deployed proxy's stream arrives in pieces; spends no query. */
import { patterns } from "../protocol/paths.ts";
import { diagnosticPieces } from "../routes/diagnostic-stream.ts";
import { ok, problem, reasonOf, warning, type Finding } from "./finding.ts";

const written = (diagnosticPieces.count - 1) * diagnosticPieces.apart;
const mend =
  "Turn off buffering and compressing for it in the front server or network in between: in nginx keep the proxy's X-Accel-Buffering header (no proxy_ignore_headers).";

/** `patience` in milliseconds, beyond the second that the stream takes. */
export async function checkStreaming(address: URL, patience: number): Promise<Finding> {
  const url = new URL(`${patterns.healthy}?stream`, address);
  try {
    const signal = AbortSignal.timeout(patience + written);
    // As browsers do: something in front may compress, and collect for it.
    const headers = { accept: "text/event-stream", "accept-encoding": "gzip, deflate, br" };
    const response = await fetch(url, { redirect: "manual", signal, headers });
    if (response.status !== 200 || !response.headers.get("content-type")?.startsWith("text/event-stream")) {
      await response.body?.cancel();
      return warning(
        "streaming",
        `Could not be looked at: ${patterns.healthy} answers with status ${response.status}, and not with a stream.`,
        "Let the front server pass this path and its query on to the proxy.",
      );
    }
    return spreadFinding(await arrivals(response));
  } catch (error) {
    return problem("streaming", `The stream does not arrive (${reasonOf(error)}).`, mend);
  }
}

function spreadFinding(times: readonly number[]): Finding {
  const spread = (times.at(-1) ?? 0) - (times[0] ?? 0);
  if (times.length < 2 || spread < written / 4)
    return problem("streaming", "Answers arrive all at once: something in front collects them first.", mend);
  if (times.length < diagnosticPieces.count || spread < written / 2)
    return warning("streaming", "Answers arrive in lumps: something in front collects pieces.", mend);
  return ok("streaming", `Answers arrive piece by piece (${times.length} within ${Math.round(spread)} ms).`);
}

/** Arrival of each piece, in milliseconds. */
async function arrivals(response: Response): Promise<number[]> {
  const times: number[] = [];
  for await (const bytes of response.body ?? []) if (bytes.length > 0) times.push(performance.now());
  return times;
}
