/** One request to a deployed proxy: follows no redirect, and returns a failure as a value. */
import { reasonOf } from "./finding.ts";

export type Asked = { response: Response; body: string } | { failed: string };

type Asking = { method?: string; headers?: Record<string, string>; patience: number };

/** `failed` is a short reason such as `ECONNREFUSED`. `patience` in milliseconds. */
export async function askAddress(
  url: URL,
  { method = "GET", headers = {}, patience }: Asking,
): Promise<Asked> {
  try {
    const signal = AbortSignal.timeout(patience);
    const response = await fetch(url, { method, headers, redirect: "manual", signal });
    return { response, body: await response.text() };
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

/** Text for a response in a finding. */
export const describe = (asked: Asked): string =>
  "failed" in asked ? `cannot be reached (${asked.failed})` : `answers with status ${asked.response.status}`;
