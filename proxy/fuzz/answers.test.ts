/** Fuzzes what upstream may send while it answers: the real client, any bytes in any pieces. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UpstreamFailure } from "../upstream/errors.ts";
import { clientFor, collect } from "../upstream/testing/client.ts";
import { fuzz, patience } from "./run.ts";
import { base, createScriptedTransport } from "./scripted-transport.ts";
import { key, leaksIn, session } from "./secrets.ts";
import { anyMove, cut, places, streamMove, streamText, type Move } from "./upstream-moves.ts";

/** Asks once; what came of it, and what was logged. */
async function ask(moves: readonly Move[]) {
  const transport = createScriptedTransport(moves);
  const { upstream, log } = clientFor(base, { key, transport, pictureTransport: transport });
  const answer = collect();
  const question = { project: 7, session, prompt: "When do you open?" };
  const signal = new AbortController().signal;
  const failure = await upstream.ask(question, answer.sink, signal).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { answer, failure, log, transport };
}

/** What was thrown and is no failure of ours. */
const strange = (reasons: readonly unknown[]) =>
  reasons.filter((reason) => reason !== null && !(reason instanceof UpstreamFailure));

describe("an answer's stream of any bytes", () => {
  it(
    "never throws anything but a failure of ours, never shows upstream's own words, asks nothing it may not",
    () =>
      fuzz([streamMove, fc.array(anyMove, { maxLength: 6 })], async (stream, moves) => {
        const { answer, failure, log, transport } = await ask([stream, ...moves]);
        expect(strange([failure])).toEqual([]);
        expect(answer.deltas).not.toContain("");
        expect(leaksIn(JSON.stringify([answer.deltas, answer.citations, answer.text(), log]))).toEqual([]);
        expect(transport.wrong).toEqual([]);
      }),
    patience,
  );

  it(
    "means the same however it is cut",
    () =>
      fuzz([streamText, places], async (text, where) => {
        const bytes = new TextEncoder().encode(text);
        const told = async (chunks: Uint8Array[]) => {
          const move: Move = { status: 200, headers: {}, chunks, ending: "end" };
          const { answer, failure } = await ask([move]);
          const code = failure instanceof UpstreamFailure ? failure.code : failure;
          return { text: answer.text(), citations: answer.citations, code };
        };
        expect(await told(cut(bytes, where))).toEqual(await told([bytes]));
      }),
    patience,
  );

  it(
    "of pure garbage is survived",
    () =>
      fuzz(
        [
          fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
          fc.constantFrom("end", "broken", "timeout"),
        ],
        async (chunks, ending) => {
          const { failure } = await ask([{ status: 200, headers: {}, chunks, ending }]);
          expect(strange([failure])).toEqual([]);
        },
      ),
    patience,
  );
});

describe("every other call", () => {
  it(
    "ends well or with a failure of ours, whatever upstream answers",
    () =>
      fuzz([fc.array(anyMove, { minLength: 1, maxLength: 8 })], async (moves) => {
        const transport = createScriptedTransport(moves);
        const { upstream, log } = clientFor(base, { key, transport, pictureTransport: transport });
        const { signal } = new AbortController();
        const results = await Promise.allSettled([
          upstream.profile(7, signal),
          upstream.messages(7, session, signal),
          upstream.react(7, session, 31, "liked", signal),
          upstream.forget(7, session, signal),
          upstream.startConversation(7, "name", signal),
        ]);
        const reasons = results.map((result): unknown =>
          result.status === "rejected" ? result.reason : null,
        );
        expect(strange(reasons)).toEqual([]);
        const shown = results
          .slice(0, 4)
          .map((result) => (result.status === "fulfilled" ? result.value : null));
        expect(leaksIn(JSON.stringify([shown, log]))).toEqual([]);
        expect(transport.wrong).toEqual([]);
      }),
    patience,
  );
});
