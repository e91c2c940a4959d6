/** Attacks on contact with the owner: floods, foreign sites, other visitors' conversations, leaks. */
import { expect, it } from "vitest";
import { openedBy } from "../testing/exchange.ts";
import { readEvents } from "../testing/read-events.ts";
import { openReceiver, secretPath, type Receiver } from "../testing/receiver.ts";
import { siegesOfEachTest, type Siege } from "./testing/siege.ts";
import { key, site } from "./testing/siege-secrets.ts";

const { besiege: openWith, undo } = siegesOfEachTest();

async function besiege(
  environment: Record<string, string> = {},
): Promise<{ siege: Siege; receiver: Receiver }> {
  const receiver = await openReceiver();
  undo.push(() => receiver.close());
  const siege = await openWith({ CONTACT_WEBHOOK: receiver.address, ...environment });
  return { siege, receiver };
}

const body = { message: "Buy my pills", attach: false };
const agentPath = "/v1/agents/default/contact";
const headers = { origin: site };

const opened = async (siege: Siege) => openedBy(await readEvents(await siege.begin()));
const statuses = async (responses: Promise<Response>[]) =>
  (await Promise.all(responses)).map(({ status }) => status).toSorted((one, other) => one - other);

it("55: one visitor can write only so often, and each refusal says when to come back", async () => {
  const { siege, receiver } = await besiege({ CONTACT_LIMIT: "2/hour" });
  const mine = await opened(siege);
  const all = Array.from({ length: 6 }, () => siege.within(mine, "POST", "/contact", { body, headers }));
  expect(await statuses(all)).toEqual([204, 204, 429, 429, 429, 429]);
  const refused = await siege.within(mine, "POST", "/contact", { body, headers });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3000);
  expect(receiver.received).toHaveLength(2);
});

it("55: one address can write only so often, with fresh tokens or with none", async () => {
  const { siege, receiver } = await besiege({ CONTACT_LIMIT: "1/hour" });
  const tokens = [await opened(siege), await opened(siege), await opened(siege)];
  const all = [
    ...tokens.map((each) => siege.within(each, "POST", "/contact", { body, headers })),
    ...Array.from({ length: 6 }, () => siege.send("POST", agentPath, { body, headers })),
  ];
  expect(await statuses(all)).toEqual([204, 204, 204, 204, 204, 429, 429, 429, 429]);
  expect(receiver.received).toHaveLength(5);
});

it("55: reasons for ratings are limited as well, while the rating itself is kept", async () => {
  const { siege, receiver } = await besiege({ CONTACT_LIMIT: "1/hour" });
  const events = await readEvents(await siege.begin());
  const mine = openedBy(events);
  const done = events.at(-1);
  const message = done?.event === "done" ? done.data.message : null;
  const rate = () =>
    siege.within(mine, "PUT", `/messages/${message}/feedback`, {
      body: { reaction: "disliked", words: "Buy my pills" },
      headers,
    });
  siege.upstream.wellBehaved();
  expect([(await rate()).status, (await rate()).status]).toEqual([204, 429]);
  expect(siege.upstream.heard.filter(({ method }) => method === "PUT")).toHaveLength(2);
  expect(receiver.received).toHaveLength(1);
});

it("55: foreign sites, forms and other visitors send nothing, and no conversation but one's own is attached", async () => {
  const { siege, receiver } = await besiege();
  const [mine, theirs] = [await opened(siege), await opened(siege)];
  const path = `/v1/conversations/${theirs.conversation}/contact`;
  const attached = { ...body, attach: true };
  const answers = await Promise.all([
    siege.send("POST", agentPath, { body, headers: { origin: "https://evil.example" } }),
    siege.send("POST", agentPath, {
      body,
      headers: { ...headers, "sec-fetch-site": "cross-site", origin: "null" },
    }),
    fetch(siege.url + agentPath, { method: "POST", headers, body: "message=Buy&attach=" }),
    siege.send("POST", path, { body: attached, headers }),
    siege.send("POST", path, { body: attached, headers, token: mine.visitor }),
    siege.send("POST", "/v1/agents/nobody/contact", { body, headers }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 400, 403, 403, 404]);
  expect(receiver.received).toEqual([]);
});

it("55: new visitors solve a challenge first if the owner requires it", async () => {
  const { siege, receiver } = await besiege({ PROOF_OF_WORK: "always" });
  const response = await siege.send("POST", agentPath, { body, headers });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('"proof"');
  expect(receiver.received).toEqual([]);
});

it("55: a redirect of the webhook is not followed", async () => {
  const { siege, receiver } = await besiege();
  const trap = await openReceiver();
  undo.push(() => trap.close());
  receiver.answerWith(307, { location: trap.address });
  const response = await siege.send("POST", agentPath, { body, headers });
  expect(response.status).toBe(502);
  expect(trap.received).toEqual([]);
});

it("55: neither the webhook's address nor the message is in a log or a response, and the key is never sent to it", async () => {
  const { siege, receiver } = await besiege();
  const mine = await opened(siege);
  receiver.answerWith(500);
  const response = await siege.within(mine, "POST", "/contact", {
    body: { ...body, email: "ada@example.com", attach: true },
    headers,
  });
  const told = (await response.text()) + JSON.stringify([...response.headers]) + siege.logged.join("\n");
  for (const secret of [secretPath, receiver.address, "pills", "ada@example.com"])
    expect(told).not.toContain(secret);
  expect(receiver.received).toHaveLength(1);
  const sent = JSON.stringify(receiver.received);
  expect(sent).toContain("transcript");
  expect(sent).not.toContain(key);
  expect(sent).not.toContain(mine.visitor);
  expect(sent).not.toContain(mine.conversation);
});

it("55: a message larger than any body may be is refused unread", async () => {
  const { siege, receiver } = await besiege({ LARGEST_BODY: "2000" });
  const response = await siege.send("POST", agentPath, {
    body: { ...body, message: "x".repeat(3000) },
    headers,
  });
  expect(response.status).toBe(413);
  expect(receiver.received).toEqual([]);
});
