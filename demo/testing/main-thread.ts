/** Main-thread time of a page: its total CPU time, and that of each task, as Chromium counts them. */
import type { Browser, CDPSession, Page } from "playwright-core";

export type Work = {
  /** Milliseconds of CPU time of all tasks together. */
  total: number;
  /** CPU time of the longest task, which does not depend on other load of the machine. */
  longestTask: number;
  /** Tasks of more than 50 ms. */
  over: number;
};

type TraceEvent = {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args: { name?: string; chrome_mojo_event_info?: { mojo_interface_tag?: string } };
};

function readTrace(trace: Buffer): TraceEvent[] {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
  return traceEvents;
}

/** Runs an action and returns the main-thread time it took in the page, without the tests' own evaluations. */
export async function measureWork(browser: Browser, page: Page, act: () => Promise<void>): Promise<Work> {
  await browser.startTracing(page, { categories: ["toplevel", "mojom"] });
  await act();
  const events = readTrace(await browser.stopTracing());
  const works = events
    .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
    .map(({ pid, tid }) => taskTimes(events.filter((each) => each.pid === pid && each.tid === tid)))
    .map((times) => ({
      total: times.reduce((sum, time) => sum + time, 0),
      longestTask: Math.max(0, ...times),
      over: times.filter((time) => time > 50).length,
    }));
  // The page's process is the busiest one; there may be another of an empty page.
  return works.reduce((max, work) => (work.total > max.total ? work : max), {
    total: 0,
    longestTask: 0,
    over: 0,
  });
}

function taskTimes(events: readonly TraceEvent[]): number[] {
  const asked = events.filter(
    ({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag === "blink.mojom.DevToolsSession",
  );
  return events
    .filter(({ name, ph }) => ph === "X" && name === "ThreadControllerImpl::RunTask")
    .filter(({ ts, dur = 0 }) => !asked.some((each) => each.ts >= ts && each.ts <= ts + dur))
    .map(({ tdur = 0 }) => tdur / 1000);
}

/** Milliseconds of CPU time that the page's main thread has used so far; cheaper than a trace. */
export async function clockOf(page: Page): Promise<() => Promise<number>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
  };
}
