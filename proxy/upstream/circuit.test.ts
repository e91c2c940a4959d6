/** When the circuit opens, and how it heals. */
import { describe, expect, it } from "vitest";
import { createManualTime } from "../testing/manual-time.ts";
import { createCircuit, type Verdict } from "./circuit.ts";
import { UpstreamFailure } from "./failures.ts";

function closed() {
  const time = createManualTime();
  const changes: string[] = [];
  const circuit = createCircuit({ clock: time.clock, changed: (state) => changes.push(state) });
  const call = (verdict: Verdict) => circuit.begin()(verdict);
  /** The wait a call is refused with, or null when it may go. */
  function refused(): number | null | undefined {
    try {
      circuit.check();
      return null;
    } catch (error) {
      if (error instanceof UpstreamFailure && error.code === "upstream-busy") return error.retryAfter;
      throw error;
    }
  }
  const fail = (times: number) => {
    for (let count = 0; count < times; count++) call("down");
  };
  return { time, circuit, changes, call, refused, fail };
}

describe("the circuit", () => {
  it("opens after ten failures in a row and says how long it stays open", () => {
    const { circuit, fail, refused } = closed();
    fail(9);
    expect(refused()).toBe(null);
    fail(1);
    expect(circuit.state()).toBe("open");
    expect(refused()).toBe(1);
  });

  it("stays closed while an answer comes now and then, and while callers leave", () => {
    const { circuit, fail, call } = closed();
    fail(9);
    call("alive");
    fail(9);
    for (let count = 0; count < 20; count++) call("unknown");
    expect(circuit.state()).toBe("closed");
    fail(1);
    expect(circuit.state()).toBe("open");
  });

  it("opens although another kind of call succeeds in between each time", () => {
    const { circuit } = closed();
    for (let count = 0; count < 10; count++) {
      circuit.begin("begin")("alive");
      circuit.begin("ask")("down");
    }
    expect(circuit.state()).toBe("open");
  });

  it("is closed by the kind of call that opened it, or by an answer, not by what merely begins", async () => {
    const time = createManualTime();
    const circuit = createCircuit({ clock: time.clock, proof: "ask" });
    const tenTimes = (kind: string) => {
      for (let count = 0; count < 10; count++) circuit.begin(kind)("down");
    };
    tenTimes("ask");
    await time.pass(1000);
    circuit.begin("begin")("alive");
    expect(circuit.state()).toBe("open");
    circuit.begin("ask")("alive");
    expect(circuit.state()).toBe("closed");
    tenTimes("begin");
    await time.pass(1000);
    circuit.begin("ask")("alive");
    expect(circuit.state()).toBe("closed");
  });

  it("lets a single call see after the pause, and closes when that is answered", async () => {
    const { time, circuit, changes, fail, refused } = closed();
    fail(10);
    await time.pass(1000);
    const probe = circuit.begin();
    expect(circuit.state()).toBe("half-open");
    expect(refused()).toBe(1);
    expect(() => circuit.begin()).toThrow(UpstreamFailure);
    probe("alive");
    expect(refused()).toBe(null);
    expect(changes).toEqual(["open", "half-open", "closed"]);
    fail(9);
    expect(circuit.state()).toBe("closed");
  });

  it("waits longer after each failed try, a minute at most", async () => {
    const { time, call, fail, refused } = closed();
    fail(10);
    const waits: unknown[] = [];
    for (let count = 0; count < 8; count++) {
      waits.push(refused());
      await time.pass(Number(refused()) * 1000);
      call("down");
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it("lets the next call see when the first one's caller left", async () => {
    const { time, circuit, call, fail, refused } = closed();
    fail(10);
    await time.pass(1000);
    call("unknown");
    expect(refused()).toBe(null);
    call("alive");
    expect(circuit.state()).toBe("closed");
  });

  it("hears nothing from calls that were begun before it opened", async () => {
    const { time, circuit, fail, refused } = closed();
    const late = [circuit.begin(), circuit.begin(), circuit.begin()];
    fail(10);
    late[0]?.("alive");
    expect(circuit.state()).toBe("open");
    await time.pass(1000);
    const probe = circuit.begin();
    late[1]?.("down");
    late[2]?.("unknown");
    expect(circuit.state()).toBe("half-open");
    probe("alive");
    expect(refused()).toBe(null);
  });
});
