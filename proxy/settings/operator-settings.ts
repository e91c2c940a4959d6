/** Settings for operators: metrics, logs, kill switch. */
import { secret, text, wholeNumber } from "./parsers.ts";
import { secretSetting, setting } from "./setting.ts";

export const operatorTable = {
  metricsPort: setting(
    "METRICS_PORT",
    wholeNumber(0, 65_535),
    null,
    "A port of its own for `/metrics`, on HOST; 0 takes a free one.",
  ),
  metricsToken: secretSetting(
    "METRICS_TOKEN",
    secret("at least 16 characters", (given) => given.length >= 16),
    "Lets `/metrics` be read on the main port, with this as its bearer token; METRICS_PORT asks for it too then.",
  ),
  envFile: setting(
    "ENV_FILE",
    text("a path, or `none`", /^\S.{0,999}$/),
    ".env",
    "A file with settings, a line `NAME=value` each, which is read where it exists; what is in the environment comes first, and `none` reads none.",
  ),
  pauseFile: setting(
    "PAUSE_FILE",
    text("a path", /^\S.{0,999}$/),
    null,
    "A file that switches things off while it says so, a line each: an origin, `agent:` and an alias, or `*`.",
  ),
} as const;
