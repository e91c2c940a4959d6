/** Script of a streamed answer: its events and pauses, written before anything is sent. */
import { encode } from "../wire/envelope.ts";
import type { FaultName } from "../wire/fault-names.ts";
import { piecesOf } from "./pieces.ts";

export type Step =
  | { kind: "event"; name: string; data: string }
  /** Lines that are no event of their own, such as comments. */
  | { kind: "lines"; lines: string[] }
  | { kind: "wait"; ms: number }
  /** Nothing more, and no end. */
  | { kind: "stall" }
  /** The connection is destroyed. */
  | { kind: "cut" };

export type Delivery = {
  prompt: string;
  text: string;
  /** The message's id, sent only with the finish event. */
  id: number;
  createdAt: string;
  session: string;
  /** In the form they are sent in; undefined: not sent. */
  citations: unknown;
};

export type Pace = {
  /** Before the first event. */
  firstMs: number;
  /** Before each further piece. */
  everyMs: number;
};

const brokenOff = "The answer could not be completed.";

/** Replacement for the second half of an answer. */
const breaks = new Map<FaultName, Step[]>([
  ["stream-error-message", [event("error", { status: "error", message: brokenOff })]],
  ["stream-error-field", [event("error", { status: "error", error: brokenOff })]],
  ["stream-error-object", [event("error", { status: "error", error: { code: 500, message: brokenOff } })]],
  ["stream-error-data", [event("error", { status: "error", data: { code: 500, message: brokenOff } })]],
  ["stream-error-named", [event("error", { message: brokenOff })]],
  ["end-without-finish", []],
  ["end-without-finish-unstored", []],
  ["connection-cut", [{ kind: "cut" }]],
  ["connection-cut-unstored", [{ kind: "cut" }]],
  ["stalled-stream", [{ kind: "stall" }]],
]);

/** Faults after which upstream has no record of the question. */
const unstored: readonly FaultName[] = [
  "stream-error-message",
  "stream-error-field",
  "stream-error-object",
  "stream-error-data",
  "stream-error-named",
  "end-without-finish-unstored",
  "connection-cut-unstored",
];

export function isStored(active: ReadonlySet<FaultName>): boolean {
  return !unstored.some((name) => active.has(name));
}

export function writeScript(delivery: Delivery, active: ReadonlySet<FaultName>, pace: Pace): Step[] {
  const early = active.has("early-citations");
  const all = active.has("one-big-delta") && delivery.text !== "" ? [delivery.text] : piecesOf(delivery.text);
  const broken = [...breaks].find(([name]) => active.has(name));
  const pieces = broken ? all.slice(0, Math.ceil(all.length / 2)) : all;
  const everyMs = active.has("slow") ? Math.max(pace.everyMs, 25) * 8 : pace.everyMs;

  const steps: Step[] = [
    { kind: "wait", ms: pace.firstMs },
    event("start", { status: "start", prompt: delivery.prompt }),
    ...(early ? [event("progress", { status: "progress", message: "", citations: delivery.citations })] : []),
    progress("", active),
  ];
  for (const [index, piece] of pieces.entries()) {
    steps.push({ kind: "wait", ms: everyMs }, progress(piece, active));
    if (index === 1 || pieces.length === 1) steps.push(...between(active));
  }
  if (broken) return [...steps, ...broken[1]];
  return [...steps, ...finish(delivery, active, early)];
}

function event(name: string, body: unknown): Step {
  return { kind: "event", name, data: encode(body) };
}

function progress(piece: string, active: ReadonlySet<FaultName>): Step {
  const status = "progress";
  if (active.has("text-bare")) return { kind: "event", name: status, data: piece };
  if (active.has("text-in-content")) return event(status, { status, content: piece });
  if (active.has("text-in-openai-response")) return event(status, { status, openai_response: piece });
  if (active.has("text-in-choices")) {
    const choices = [{ index: 0, delta: { content: piece }, finish_reason: null }];
    return event(status, { id: "chatcmpl-1", object: "chat.completion.chunk", choices });
  }
  return event(status, { status, message: piece });
}

/** Lines between the pieces that belong to no event. */
function between(active: ReadonlySet<FaultName>): Step[] {
  const steps: Step[] = [];
  if (active.has("heartbeats")) {
    steps.push({ kind: "lines", lines: [": keep-alive", "", "retry: 3000", "id: 7", "", ":", ""] });
  }
  if (active.has("null-data")) steps.push(event("progress", null));
  if (active.has("strange-frames")) {
    steps.push(
      event("thinking", { status: "thinking", message: "Looking things up" }),
      { kind: "event", name: "progress", data: '{"status":"progress","message":"bro' },
      { kind: "event", name: "progress", data: "" },
      { kind: "lines", lines: ["event: ping", "", "unknown: field", ""] },
      event("progress", [1, 2, 3]),
      event("progress", { status: "progress" }),
    );
  }
  return steps;
}

function finish(delivery: Delivery, active: ReadonlySet<FaultName>, early: boolean): Step[] {
  if (active.has("end-before-finish")) return [];
  if (active.has("done-instead-of-finish")) return [{ kind: "event", name: "message", data: "[DONE]" }];
  const last = {
    status: active.has("complete-instead-of-finish") ? "complete" : "finish",
    id: delivery.id,
    created_at: delivery.createdAt,
    session_id: delivery.session,
    ...(early ? {} : { citations: delivery.citations }),
    ...(active.has("text-repeated-in-finish") ? { openai_response: delivery.text } : {}),
  };
  if (active.has("finish-by-name")) return [event("finish", { ...last, status: undefined })];
  return [event(last.status, last)];
}
