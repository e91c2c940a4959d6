/** Retries an action until it succeeds or time is up; rejects with the last error. */
import { setTimeout as sleep } from "node:timers/promises";

const betweenTries = 100;

export async function eventually<Result>(patience: number, attempt: () => Promise<Result>): Promise<Result> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await sleep(betweenTries);
  }
}
