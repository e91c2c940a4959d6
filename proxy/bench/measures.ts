/** Measurements of the benchmark, each on one candidate at a time. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Candidate, Visitor } from "./candidates.ts";
import type { Origin } from "./origin.ts";
import { slowReaderSeconds } from "./processes.ts";

export type Figures = Record<string, number>;

const events = "text/event-stream";
const perStream = 200;

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

export async function visitors(candidate: Candidate, count: number): Promise<Visitor[]> {
  const all: Visitor[] = [];
  for (let number = 0; number < count; number++) all.push(await candidate.visitor());
  return all;
}

/** A question's first event, one question after the other (milliseconds). */
export async function firstEvents({ connection, ask }: Visitor, count: number): Promise<Figures> {
  const waits: number[] = [];
  for (let number = 0; number < count; number++) {
    const { sentAt, firstAt, status } = await connection.send(ask("burst 1", events));
    if (status !== 200) throw new Error(`A question was answered with ${status}.`);
    waits.push(firstAt - sentAt);
  }
  return { "first event, ms": median(waits) };
}

/** Streams of 200 events, 5 ms apart: each event's delay, and the CPU time of the events. */
export async function pacedStreams(candidate: Candidate, all: readonly Visitor[]): Promise<Figures> {
  const delays: number[] = [];
  const before = candidate.program?.cpu() ?? 0;
  await Promise.all(
    all.map(async ({ connection, ask }, number) => {
      await sleep(number % 5);
      await connection.send(ask(`paced ${perStream} 5`, events), { delays });
    }),
  );
  const cpu = (candidate.program?.cpu() ?? Number.NaN) - before;
  if (delays.length < all.length * perStream * 0.98) throw new Error(`Only ${delays.length} events arrived.`);
  return {
    "event delay, ms": median(delays),
    "CPU s per 100,000 events": (cpu * 100_000) / (all.length * perStream),
  };
}

/** The same without pause: how many events a second. */
export async function burstStreams(candidate: Candidate, all: readonly Visitor[]): Promise<Figures> {
  const before = candidate.program?.cpu() ?? 0;
  const began = performance.now();
  await Promise.all(all.map(({ connection, ask }) => connection.send(ask(`burst ${perStream}`, events))));
  const seconds = (performance.now() - began) / 1000;
  const count = all.length * perStream;
  return {
    "events a second": count / seconds,
    "CPU s per 100,000 unpaced": (((candidate.program?.cpu() ?? Number.NaN) - before) * 100_000) / count,
  };
}

/** Questions answered in one JSON object each. */
export async function jsonRequests(
  candidate: Candidate,
  all: readonly Visitor[],
  count: number,
): Promise<Figures> {
  const before = candidate.program?.cpu() ?? 0;
  const began = performance.now();
  let left = count;
  await Promise.all(
    all.map(async ({ connection, ask }) => {
      while (left-- > 0) await connection.send(ask("json", "application/json"));
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return {
    "JSON requests a second": count / seconds,
    "CPU µs per JSON request": (((candidate.program?.cpu() ?? Number.NaN) - before) * 1e6) / count,
  };
}

/** From stop (or, where there is none, hanging up) to the upstream call's end. */
export async function stops(candidate: Candidate, origin: Origin, count: number): Promise<Figures> {
  const waits: number[] = [];
  for (let number = 0; number < count; number++) {
    const visitor = await candidate.visitor();
    const turn = randomUUID();
    const cut = origin.cutOf(turn);
    await new Promise<void>((resolve) => {
      const request = visitor.ask(`idle ${turn}`, events, turn);
      visitor.connection
        .send(request, { onText: (text) => text.includes("t=") && resolve() })
        .catch(() => undefined);
    });
    const stoppedAt = performance.now();
    visitor.stop(turn);
    waits.push((await cut) - stoppedAt);
    visitor.connection.close();
  }
  return { "stop to upstream's end, ms": median(waits) };
}

/** `count` open streams that are nearly silent. */
export async function slowStreams(candidate: Candidate, all: readonly Visitor[]): Promise<Figures> {
  const before = candidate.program?.memory() ?? Number.NaN;
  for (const { connection, ask } of all) {
    connection.send(ask("paced 3 2000", events)).catch(() => undefined);
    // Not all in the same moment.
    await sleep(1);
  }
  await sleep(4500);
  return {
    "MB per 1,000 slow streams": ((candidate.program?.memory() ?? Number.NaN) - before) * (1000 / all.length),
  };
}

/**
 * Waits up to 20 seconds until no answer is being written: answers whose readers disconnected may go on to their end.
 */
async function untilQuiet(origin: Origin): Promise<void> {
  for (let tries = 0; tries < 200 && origin.open() > 0; tries++) await sleep(100);
}

/** Readers that stop reading an answer of 32 MB: their memory, and whose upstream call is still open afterwards. */
export async function stuckReaders(
  candidate: Candidate,
  all: readonly Visitor[],
  origin: Origin,
): Promise<Figures> {
  await untilQuiet(origin);
  const before = candidate.program?.memory() ?? Number.NaN;
  const others = origin.open();
  let max = 0;
  const watch = setInterval(() => (max = Math.max(max, candidate.program?.memory() ?? 0)), 100);
  for (const { connection, ask } of all) {
    connection.send(ask("flood 32", events)).catch(() => undefined);
    setTimeout(() => connection.socket.pause(), 50);
  }
  await sleep(slowReaderSeconds * 1000 + 3000);
  clearInterval(watch);
  const open = origin.open() - others;
  for (const { connection } of all) connection.close();
  return { "MB more for 100 stuck readers": max - before, "upstream calls they hold": open };
}
