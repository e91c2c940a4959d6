/** Settings of answers: how they are stored and streamed, and what instances share. */
import { oneOf, redisAddress, seconds, wholeNumber } from "./parsers.ts";
import { secretSetting, setting } from "./setting.ts";

export const turnTable = {
  turnKeepSeconds: setting(
    "TURN_KEEP_SECONDS",
    seconds(1, 86_400),
    600,
    "How long a finished answer can still be fetched by a browser that lost its connection.",
  ),
  turnsKept: setting(
    "TURNS_KEPT",
    wholeNumber(1, 1_000_000),
    2000,
    "How many answers, finished or still being written, are held in memory at most.",
  ),
  turnsKeptMegabytes: setting(
    "TURNS_KEPT_MEGABYTES",
    wholeNumber(1, 100_000),
    64,
    "How much memory finished answers may take together; beyond it the oldest are let go of.",
  ),
  heartbeatSeconds: setting(
    "HEARTBEAT_SECONDS",
    seconds(0.05, 300),
    15,
    "How often a silent stream gets a comment line that keeps it open.",
  ),
  slowReaderSeconds: setting(
    "SLOW_READER_SECONDS",
    seconds(0.1, 600),
    30,
    "How long a connection that takes nothing more is kept before it is cut; the answer itself is not.",
  ),
  drainSeconds: setting(
    "DRAIN_SECONDS",
    seconds(0, 600),
    8,
    "How long running answers may take to end when the proxy is told to stop.",
  ),
  redisUrl: secretSetting(
    "REDIS_URL",
    redisAddress,
    "Redis or Valkey, in which several instances share limits, budgets and running answers.",
  ),
  redisAway: setting(
    "REDIS_AWAY",
    oneOf(["refuse", "local"]),
    "refuse",
    "While Redis is away, new questions are refused, or each instance counts by itself; running answers go on.",
  ),
} as const;
