/** Settings of upstream calls: timeouts, concurrency, queue. */
import { assumedCalls, callsPerMinute } from "./calls-per-minute.ts";
import { type ByAgent, oneByAgent, seconds, wholeNumber } from "./parsers.ts";
import { setting } from "./setting.ts";

/** CustomGPT.ai's words, by its API's reference ("Send a message"). */
const responseSources = oneByAgent(["default", "own_content", "openai_content"]);
const capabilities = oneByAgent([
  "fastest-responses",
  "optimal-choice",
  "advanced-reasoning",
  "complex-tasks",
]);
const asTheAgentIsSet: ByAgent<never> = { others: null, byAlias: new Map<string, never>() };

export const upstreamTable = {
  responseSource: setting(
    "RESPONSE_SOURCE",
    responseSources,
    asTheAgentIsSet,
    "What answers may be made from: the agent's own content alone, or the model's knowledge too; otherwise as the agent is set at CustomGPT.ai.",
  ),
  agentCapability: setting(
    "AGENT_CAPABILITY",
    capabilities,
    asTheAgentIsSet,
    "How much thought an answer gets, which costs time and may cost more of your plan; otherwise as the agent is set at CustomGPT.ai.",
  ),
  upstreamConnectSeconds: setting(
    "UPSTREAM_CONNECT_SECONDS",
    seconds(0.1, 60),
    5,
    "How long connecting to CustomGPT.ai may take.",
  ),
  upstreamFirstByteSeconds: setting(
    "UPSTREAM_FIRST_BYTE_SECONDS",
    seconds(0.1, 600),
    60,
    "How long it may take to begin an answer.",
  ),
  upstreamIdleSeconds: setting(
    "UPSTREAM_IDLE_SECONDS",
    seconds(0.1, 600),
    60,
    "How long it may be silent within an answer.",
  ),
  upstreamTotalSeconds: setting(
    "UPSTREAM_TOTAL_SECONDS",
    seconds(0.1, 3600),
    300,
    "How long a whole answer may take.",
  ),
  upstreamConcurrency: setting(
    "UPSTREAM_CONCURRENCY",
    wholeNumber(1, 100_000),
    200,
    "How many answers CustomGPT.ai writes for one instance at a time; further questions wait in a short, fair queue.",
  ),
  upstreamQueue: setting(
    "UPSTREAM_QUEUE",
    wholeNumber(0, 100_000),
    100,
    "How many questions may wait in that queue; the next one is told that the service is busy.",
  ),
  upstreamQueueSeconds: setting(
    "UPSTREAM_QUEUE_SECONDS",
    seconds(0, 120),
    10,
    "How long a question may wait in it.",
  ),
  upstreamCallsPerMinute: setting(
    "UPSTREAM_CALLS_PER_MINUTE",
    callsPerMinute,
    assumedCalls,
    "How many calls a minute CustomGPT.ai takes from your account (by plan some 60, 90 or 120): a first question takes two, a further one takes one, and reading never more than a quarter of them, or twenty. Unless it is set, only reading is held back, to a quarter of 120.",
  ),
} as const;
