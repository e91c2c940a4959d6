/** Tests of when a circuit opens, and how a probe closes it. */
import { describe, expect, it } from "vitest";
import type { Who } from "../../metrics/request-id.ts";
import { createManualTime } from "../../testing/manual-time.ts";
import { createCircuit, type Verdict } from "./circuit.ts";
import { UpstreamFailure } from "../errors.ts";

const results = {
  healthy: null,
  down: new UpstreamFailure("upstream-down", ""),
  unknown: new UpstreamFailure("bad-request", ""),
};

function closed() {
  const time = createManualTime();
  const changes: string[] = [];
  let suspicions = 0;
  const circuit = createCircuit({
    clock: time.clock,
    judge: ({ code }) => (code === "upstream-down" ? "down" : "unknown"),
    changed: (state) => changes.push(state),
    suspect: () => suspicions++,
  });
  const call = (verdict: Verdict, who?: Who, kind = "ask") => circuit.startCall(kind, who)(results[verdict]);
  /** The wait with which a call is refused, or null when it passes. */
  function refused(): number | null | undefined {
    try {
      circuit.check();
      return null;
    } catch (error) {
      if (error instanceof UpstreamFailure && error.code === "upstream-busy") return error.retryAfter;
      throw error;
    }
  }
  /** Lets `count` different visitors fail, from the first number on. */
  const fail = (times: number, first = 0) => {
    for (let name = first; name < first + times; name++) call("down", visitor(name, name));
  };
  return { time, circuit, changes, call, refused, fail, suspicions: () => suspicions };
}

const visitor = (name: number, address: number): Who => ({
  visitor: `visitor ${name}`,
  address: `203.0.113.${address}`,
});

describe("the circuit", () => {
  it("opens after ten visitors' failures in a row and says how long it stays open", () => {
    const { circuit, fail, refused } = closed();
    fail(9);
    expect(refused()).toBe(null);
    fail(10);
    expect(circuit.state()).toBe("open");
    expect(refused()).toBe(1);
  });

  it.each<[string, (count: number) => Who]>([
    ["one visitor", () => visitor(1, 1)],
    ["one script with a fresh visitor each time, from one address", (count) => visitor(count, 1)],
    ["one script with a fresh visitor each time, from three addresses", (count) => visitor(count, count % 3)],
    ["one visitor from many addresses", (count) => visitor(1, count)],
    ["visitors of whom no address is known", (count) => ({ visitor: String(count), address: null })],
  ])("is not opened by %s, but requests a probe", (_, who) => {
    const { circuit, call, suspicions } = closed();
    for (let count = 0; count < 200; count++) call("down", who(count));
    expect(circuit.state()).toBe("closed");
    expect(suspicions()).toBe(66);
  });

  it("opens at once when a probe fails too", () => {
    const { circuit, call } = closed();
    call("down", visitor(1, 1));
    circuit.probe()(results.healthy);
    expect(circuit.state()).toBe("closed");
    circuit.probe()(results.down);
    expect(circuit.state()).toBe("open");
  });

  it("stays closed while some answers arrive, and while callers abort", () => {
    const { circuit, fail, call } = closed();
    fail(9);
    call("healthy", visitor(50, 50));
    fail(9);
    for (let count = 0; count < 20; count++) call("unknown", visitor(count, count));
    expect(circuit.state()).toBe("closed");
    call("down", visitor(10, 10));
    expect(circuit.state()).toBe("open");
  });

  it("opens although calls of another kind succeed in between", () => {
    const { circuit, call } = closed();
    for (let count = 0; count < 10; count++) {
      call("healthy", undefined, "begin");
      call("down", visitor(count, count));
    }
    expect(circuit.state()).toBe("open");
  });

  it("lets a probe pass after the pause, and no visitor's question", async () => {
    const { time, circuit, changes, fail, refused } = closed();
    fail(10);
    expect(circuit.needsProbe()).toBe(false);
    await time.pass(1000);
    expect(circuit.needsProbe()).toBe(true);
    expect(refused()).toBe(1);
    const probe = circuit.probe();
    expect(circuit.state()).toBe("half-open");
    expect(circuit.needsProbe()).toBe(true);
    expect(refused()).toBe(1);
    probe(results.healthy);
    expect(refused()).toBe(null);
    expect(changes).toEqual(["open", "half-open", "closed"]);
  });

  it("opens again sooner, and for longer, while probes succeed and no visitor is served", async () => {
    const { time, circuit, call, fail, refused } = closed();
    const waits: unknown[] = [];
    fail(10);
    for (let count = 0; count < 4; count++) {
      waits.push(refused());
      await time.pass(Number(refused()) * 1000);
      circuit.probe()(results.healthy);
      call("healthy", undefined, "begin");
      fail(3, 20 * (count + 1));
      expect(circuit.state()).toBe("closed");
      fail(1, 20 * (count + 1) + 3);
    }
    expect(waits).toEqual([1, 2, 4, 8]);
    await time.pass(16_000);
    circuit.probe()(results.healthy);
    call("healthy", visitor(1, 1));
    fail(9);
    expect(circuit.state()).toBe("closed");
    fail(10);
    expect(refused()).toBe(1);
  });

  it("is not opened again by callers who failed before, until a visitor was served", async () => {
    const { time, circuit, call, fail } = closed();
    fail(10);
    await time.pass(1000);
    circuit.probe()(results.healthy);
    for (let count = 0; count < 20; count++) fail(13);
    expect(circuit.state()).toBe("closed");
    call("healthy", visitor(50, 50));
    fail(10);
    expect(circuit.state()).toBe("open");
  });

  it("distinguishes a thousand callers, and works with more", async () => {
    const { time, circuit, fail } = closed();
    for (let count = 0; count < 600; count++) {
      fail(4, 10 + 4 * count);
      if (circuit.state() === "closed") continue;
      await time.pass(60_000);
      circuit.probe()(results.healthy);
    }
    fail(4, 9000);
    expect(circuit.state()).toBe("open");
  });

  it("waits longer after each failed probe, up to a minute", async () => {
    const { time, circuit, fail, refused } = closed();
    fail(10);
    const waits: unknown[] = [];
    for (let count = 0; count < 8; count++) {
      waits.push(refused());
      await time.pass(Number(refused()) * 1000);
      circuit.probe()(results.down);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it("ignores results of calls that started before it opened", async () => {
    const { time, circuit, fail, refused } = closed();
    const late = [1, 2, 3].map((name) => circuit.startCall("ask", visitor(name, name)));
    fail(10);
    late[0]?.(results.healthy);
    expect(circuit.state()).toBe("open");
    await time.pass(1000);
    const probe = circuit.probe();
    late[1]?.(results.down);
    late[2]?.(results.healthy);
    expect(circuit.state()).toBe("half-open");
    probe(results.healthy);
    expect(refused()).toBe(null);
  });
});
