import { verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answerOf } from "../../conversation/testing/scripted-proxy.ts";
import { issueChallenge } from "../../../proxy/auth/proof-of-work/challenge.ts";
import { createProxyClient } from "./proxy-client.lazy.ts";
import { byteProxy } from "../testing/byte-proxy.ts";

const challenge = issueChallenge({ agent: "default", origin: null }, "secret", Date.now() / 1000, (count) =>
  crypto.getRandomValues(new Uint8Array(count)),
);
const problem = { code: "not-allowed", message: "", proof: challenge };

function ask() {
  const proxy = byteProxy(answerOf("Ten euros."));
  proxy.instead.push(() => Response.json({ problem }, { status: 403 }));
  const client = createProxyClient({
    proxy: "https://chat.example.com",
    agent: "default",
    fetch: proxy.fetch,
    online: () => true,
    page: null,
    schedule: () => () => {},
  });
  const heard: string[] = [];
  const listener = { opened: () => {}, event: ({ event }: { event: string }) => heard.push(event) };
  const asked = { turn: "t1", prompt: "What does it cost?" };
  return { proxy, heard, end: client.ask(null, asked, listener, new AbortController().signal) };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a proof of work that the proxy requires", () => {
  it("is computed, and the same question sent again with the solution", async () => {
    const { proxy, heard, end } = ask();
    expect(await end).toBe("closed");
    expect(heard.at(-1)).toBe("done");
    expect(proxy.sent).toHaveLength(2);
    expect(proxy.sent[1]?.body).toEqual(proxy.sent[0]?.body);
    const solved = JSON.parse(atob(proxy.sent[1]?.headers.get("visitor-proof") ?? ""));
    const verdict = await verifySolution({ ...solved, deriveKey, hmacSignatureSecret: "secret" });
    expect(verdict.verified).toBe(true);
  });

  it("ends with the proxy's refusal where it cannot be computed, as on plain http", async () => {
    vi.stubGlobal("crypto", {});
    const { proxy, end } = ask();
    expect(await end).toMatchObject({ code: "not-allowed" });
    expect(proxy.sent).toHaveLength(1);
  });

  it("is computed once, even if the proxy requires another one", async () => {
    const { proxy, end } = ask();
    proxy.instead.push(() => Response.json({ problem }, { status: 403 }));
    expect(await end).toMatchObject({ code: "not-allowed" });
    expect(proxy.sent).toHaveLength(2);
  });
});
