/** Tests of the relay's set-up and guards in a real WordPress: key, agents, proof of work, limits, uninstall. */
import { randomUUID } from "node:crypto";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as v from "valibot";
import { aboutHours, key } from "../../../proxy/testing/bakery.ts";
import { readEvents, readRefusal } from "../../../proxy/testing/read-events.ts";
import { openRelay, startRelaySite, type RelaySite } from "../testing/relay-place.ts";

const challengeSchema = v.object({
  problem: v.looseObject({
    proof: v.object({ parameters: v.looseObject({}), signature: v.string() }),
  }),
});

let site: RelaySite;
beforeAll(async () => {
  site = await startRelaySite();
});
afterAll(() => site.stop());

const relay = (code: string) => site.phpBeside(`use CustomGptWidget\\Relay as R; ${code}`);

describe("the key", () => {
  it("is shown by its last letters only, and stands in no page and no option", async () => {
    const place = await openRelay(site);
    expect(await relay("echo R\\masked_key(), ' by ', R\\key_source();")).toBe(
      `set, ends in ${key.slice(-4)} by constant`,
    );
    const profile = await (await place.send("GET", "/v1/agents/default")).text();
    const page = await (await fetch(site.address)).text();
    const options = await relay(
      'global $wpdb; echo wp_json_encode( $wpdb->get_results( "SELECT * FROM $wpdb->options" ) );',
    );
    for (const text of [profile, page, options]) expect(text).not.toContain(key.slice(3));
    await place.close();
  });

  it("in an option is not loaded with every page, and an empty field keeps it", async () => {
    const found = await relay(
      "update_option( R\\KEY_OPTION, array( 'key' => '12|abcdefghijklmnop' ) ); update_option( R\\KEY_OPTION, array( 'key' => '' ) ); echo R\\stored_key(), ' ', isset( wp_load_alloptions( true )[ R\\KEY_OPTION ] ) ? 'loaded' : 'apart'; update_option( R\\KEY_OPTION, array( 'key' => \"a\\nb\" ) ); echo ' ', R\\stored_key(); update_option( R\\KEY_OPTION, array( 'remove' => '1' ) ); echo R\\stored_key();",
    );
    expect(found).toBe("12|abcdefghijklmnop apart 12|abcdefghijklmnop");
  });
});

describe("the agents", () => {
  it("of the account are listed for an administrator, and one is made from the sitemap", async () => {
    const place = await openRelay(site);
    expect(await relay("echo wp_json_encode( R\\agents() );")).toContain('"name":"Bakery"');
    // The service reads no pages here, and says so.
    const create =
      "try { echo R\\create_agent_from_sitemap(); } catch ( R\\Refused $refused ) { echo $refused->problem; }";
    expect(await relay(create)).toBe("upstream-down");
    const isMade = ({ method, path }: { method: string; path: string }) =>
      method === "POST" && path.endsWith("/projects");
    expect(JSON.parse(place.standin.seen.requests.find(isMade)?.body ?? "")).toEqual({
      project_name: "Harbour Books",
      sitemap_path: `${site.address}wp-sitemap.xml`,
    });
    const recorded = `'{"data":{"id":1243,"project_name":"..","is_chat_active":null},"status":"success"}'`;
    const answered = `array( 'response' => array( 'code' => 201 ), 'headers' => array(), 'body' => ${recorded} )`;
    expect(await relay(`add_filter( 'pre_http_request', fn() => ${answered} ); ${create}`)).toBe("1243");
    await place.close();
  });

  it("are for no visitor", async () => {
    const place = await openRelay(site);
    for (const method of ["GET", "POST"]) {
      const response = await fetch(`${site.relay}/v1/admin/agents`, { method });
      expect(response.status).toBe(401);
    }
    expect((await fetch(`${site.relay}/v1/admin/plan`)).status).toBe(401);
    expect(place.standin.seen.requests).toEqual([]);
    await place.close();
  });
});

describe("a newcomer", () => {
  it("is answered once with the solution of its challenge", async () => {
    const place = await openRelay(site, { proofOfWork: "always" });
    const refused = v.parse(challengeSchema, await (await place.start(aboutHours)).json());
    const challenge = JSON.parse(JSON.stringify(refused.problem.proof));
    const solution = await solveChallenge({ challenge, deriveKey });
    const proof = (given: unknown) => ({
      "visitor-proof": Buffer.from(JSON.stringify(given)).toString("base64"),
    });
    const guess = { challenge, solution: { counter: 1, derivedKey: "00".repeat(32) } };
    const forged = { challenge: { ...challenge, signature: "0".repeat(64) }, solution };
    expect((await place.start(aboutHours, undefined, proof(forged))).status).toBe(403);
    const events = await readEvents(await place.start(aboutHours, undefined, proof({ challenge, solution })));
    expect(events.at(-1)?.event).toBe("done");
    for (const again of [{ challenge, solution }, guess])
      expect((await place.start(aboutHours, undefined, proof(again))).status).toBe(403);
    await place.close();
  });

  it("and a visitor are held to their limits, with the owner's words and the wait", async () => {
    const place = await openRelay(site, {
      newVisitorLimit: [[2, 86_400]],
      visitorLimit: [[2, 86_400]],
      limitMessage: "Call us: 555",
    });
    const one = await place.ask(aboutHours);
    await place.ask(aboutHours);
    const refused = await place.start(aboutHours);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ problem: { code: "too-many", words: "Call us: 555" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    await readEvents(await place.follow(one, "Which kinds of bread?"));
    expect((await readRefusal(await place.follow({ ...one }, "And wheat?").then(withoutWords))).code).toBe(
      "too-many",
    );
    expect(place.standin.seen.count("send")).toBe(3);
    await place.close();
  });

  it("is refused while every place is taken, with a wait", async () => {
    const place = await openRelay(
      site,
      { streams: 1, idle: 20, firstByte: 20 },
      { firstMs: 800, everyMs: 20 },
    );
    const first = place.start(aboutHours);
    await expect.poll(() => place.standin.seen.count("send")).toBe(1);
    const refused = await readRefusal(await place.start(aboutHours));
    expect(refused).toMatchObject({ status: 429, code: "too-many", retryAfter: expect.any(Number) });
    expect((await readEvents(await first)).at(-1)?.event).toBe("done");
    await place.close();
  });
});

it("two questions at once in one conversation are one too many", async () => {
  const place = await openRelay(site, { idle: 20, firstByte: 20 }, { firstMs: 800, everyMs: 20 });
  const { conversation, visitor } = await place.ask(aboutHours);
  const both = await Promise.all(
    ["One?", "Two?"].map((prompt) => place.follow({ conversation, visitor }, prompt, randomUUID())),
  );
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 429]);
  for (const response of both) await response.text();
  expect(place.standin.seen.count("send")).toBe(2);
  await place.close();
});

it("what is known of the service's failures is written down in trouble only", async () => {
  const place = await openRelay(site);
  const written = () =>
    relay(
      'global $wpdb; echo $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM $wpdb->options WHERE option_name = %s", R\\SERVICE_OPTION ) );',
    );
  await relay("delete_option( R\\SERVICE_OPTION );");
  const answer = await place.ask(aboutHours);
  await readEvents(await place.follow(answer, "Which kinds of bread?"));
  expect(await written()).toBe("0");
  place.standin.faults.on("server-error", { times: 1, call: "send" });
  expect((await place.follow(answer, "And wheat?")).status).toBe(502);
  expect(await written()).toBe("1");
  await place.close();
});

it("answers that nobody can fetch any more are gone with the hourly sweep", async () => {
  const place = await openRelay(site);
  await place.ask(aboutHours);
  const count =
    "echo R\\row_of( 'SELECT COUNT(*) AS turns FROM ' . R\\table( 'turns' ) . ' WHERE id > %d', 0 )['turns'];";
  expect(Number(await relay(count))).toBeGreaterThan(0);
  const left = await relay(
    `R\\change( 'UPDATE ' . R\\table( 'turns' ) . ' SET ends = 1, lease = 0, began = 0' ); echo (int) ( false !== wp_next_scheduled( R\\SWEEP_EVENT ) ), ' ';
    do_action( R\\SWEEP_EVENT ); ${count}`,
  );
  expect(left).toBe("1 0");
  await place.close();
});

it("nothing of the relay is left when the plugin is uninstalled", async () => {
  const left = await relay(
    "define( 'WP_UNINSTALL_PLUGIN', 'chat-widget-for-customgpt' ); require WP_PLUGIN_DIR . '/chat-widget-for-customgpt/uninstall.php'; global $wpdb; echo count( $wpdb->get_results( \"SELECT * FROM $wpdb->options WHERE option_name LIKE '%customgpt_widget%' OR option_name LIKE '%cgw_%'\" ) ), ' ', count( $wpdb->get_col( 'SHOW TABLES' ) );",
  );
  expect(left).toBe("0 12");
  expect(site.complaints()).toBe("");
});

/** Without the owner's words, which the strict reader of refusals does not know. */
async function withoutWords(response: Response): Promise<Response> {
  const { problem } = JSON.parse(await response.text());
  const { words: _, ...rest } = problem;
  return new Response(JSON.stringify({ problem: rest }), response);
}
