/** Settings of limits: by visitor, by address, by agent, and in total. */
import { text, wholeNumber } from "./parsers.ts";
import { rates, type Rate } from "./rates.ts";
import { setting } from "./setting.ts";

const count = wholeNumber(1, 1_000_000);
const queries = wholeNumber(0, 1_000_000_000);
const rateLimit = (name: string, fallback: readonly Rate[], doc: string) =>
  setting(name, rates, fallback, doc);

const rate = (...pairs: readonly (readonly [max: number, seconds: number])[]): readonly Rate[] =>
  pairs.map(([max, seconds]) => ({ max, seconds }));
const minute = 60;
const hour = 3600;
const day = 86_400;

export const limitTable = {
  visitorLimit: rateLimit(
    "VISITOR_LIMIT",
    rate([20, minute], [150, hour], [500, day]),
    "How many questions one visitor may ask.",
  ),
  addressLimit: rateLimit(
    "ADDRESS_LIMIT",
    rate([120, minute], [1200, hour], [6000, day]),
    "How many questions may come from one network address (of IPv6, from one /64).",
  ),
  agentLimit: rateLimit("AGENT_LIMIT", [], "How many questions each agent takes from all visitors together."),
  totalLimit: rateLimit("TOTAL_LIMIT", [], "How many questions all agents take together."),
  newVisitorLimit: rateLimit(
    "NEW_VISITOR_LIMIT",
    rate([60, minute], [600, hour], [3000, day]),
    "How many new visitors may come from one network address.",
  ),
  requestLimit: rateLimit(
    "REQUEST_LIMIT",
    rate([600, minute]),
    "How many requests of any kind one instance takes from one network address.",
  ),
  followLimit: rateLimit(
    "FOLLOW_LIMIT",
    rate([120, minute], [2000, hour]),
    "How often one instance lets one visitor join or resume an answer; from one network address five times as often.",
  ),
  readLimit: rateLimit(
    "READ_LIMIT",
    rate([20, minute], [200, hour]),
    "How often one instance lets one visitor read, and as often rate or delete, conversations; from one network address five times as often.",
  ),
  visitorStreams: setting(
    "VISITOR_STREAMS",
    count,
    4,
    "How many answers one visitor may have written at once.",
  ),
  addressStreams: setting("ADDRESS_STREAMS", count, 60, "The same for one network address."),
  agentStreams: setting("AGENT_STREAMS", count, null, "The same for one agent."),
  totalStreams: setting("TOTAL_STREAMS", count, 1000, "The same for all together."),
  dayBudget: setting(
    "DAY_BUDGET",
    queries,
    null,
    "How many questions a day may be spent upstream (a day of UTC); 0 spends none.",
  ),
  monthBudget: setting("MONTH_BUDGET", queries, null, "The same for a month of UTC."),
  limitMessage: setting(
    "LIMIT_MESSAGE",
    text("a sentence of at most 300 characters", /^[^\p{Cc}]{1,300}$/u),
    null,
    "What visitors read when a limit or the budget is reached, with your contact in it.",
  ),
} as const;
