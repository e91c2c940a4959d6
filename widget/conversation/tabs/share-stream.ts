/** One stream for all tabs: one of them has it from the proxy and tells the others; when it is gone, another goes on. */
import type { StreamEvent } from "../../../proxy/protocol/events.ts";
import { report } from "../contain.ts";
import type {
  TabMessage,
  StreamEnd,
  StreamListener,
  TabChannel,
  Transport,
  ChatEnvironment,
} from "../environment.ts";
import { eventsAfter, lastEvent, type HeardTurn } from "./heard-turn.ts";

/** Milliseconds after which whoever has the stream is asked for a sign; one that gives none, frozen say, has it no more. */
const leaderTimeoutMs = 5_000;

/** Milliseconds for what was told last to arrive. */
const settleMs = 100;

type Hooks = {
  /** Whether a turn is still to be streamed, or even sent, now that it is this tab's to do so. */
  mayLead(turn: string, sends: boolean): boolean;
  /** Another tab has a turn's stream, or has it no more. */
  isRemote(turn: string, remote: boolean): void;
};

type Streaming = (after: number, listener: StreamListener) => Promise<StreamEnd>;

export function shareStreams(
  own: Transport,
  tabs: TabChannel,
  environment: Pick<ChatEnvironment, "pause">,
  hooks: Hooks,
): Transport & { leave(): void } {
  let heard: HeardTurn | null = null;

  const leave = tabs.subscribe((note) => {
    if (!heard?.leads || heard.turn !== note.turn || !("want" in note) || note.want < heard.from) return;
    tabs.post({ turn: heard.turn, opened: heard.opened, ...eventsAfter(heard, note.want) });
  });

  async function shared(
    turn: string,
    after: number,
    listener: StreamListener,
    signal: AbortSignal,
    stream: Streaming,
    sends: boolean,
  ): Promise<StreamEnd> {
    const fresh: HeardTurn = { turn, from: after, events: [], opened: false, leads: false };
    const known = heard?.turn === turn ? heard : fresh;
    heard = known;
    /** What the listener has been told, which may be less than is known here. */
    let told = after;
    let opened = false;
    let answered = false;
    let isAlone = false;
    const over = new AbortController();
    const ended: { end: StreamEnd | null } = { end: null };

    function end(how: StreamEnd): void {
      ended.end ??= how;
      known.leads = false;
      over.abort();
    }

    function giveUp(error: unknown): void {
      report(error);
      end("closed");
    }

    function open(): void {
      if (!opened) listener.opened();
      opened = known.opened = true;
    }

    /**
     * An event is all that came since the one before it, be it in pieces or as one: what follows `after`. False when it
     * holds some of what was told already, and more: then the rest has to be fetched.
     */
    function take(event: StreamEvent, after: number): boolean {
      if (event.id <= told) return true;
      if (after < told) return false;
      if (event.id > lastEvent(known)) {
        if (after !== lastEvent(known)) Object.assign(known, { from: after, events: [] });
        known.events.push(event);
      }
      listener.event(event);
      told = event.id;
      return true;
    }

    /** Told by nobody else from here on. */
    async function fetchRest(): Promise<void> {
      isAlone = true;
      let last = told;
      // A question that is sent again would be answered from the beginning; followed again, it is from here on.
      if (sends) return end("closed");
      end(
        await stream(told, {
          opened: open,
          event(event) {
            take(event, last);
            last = event.id;
          },
        }),
      );
    }

    function hear(note: TabMessage): void {
      if (note.turn !== turn || known.leads || isAlone || "want" in note) return;
      answered = true;
      hooks.isRemote(turn, true);
      if ("refused" in note) return end(note.refused);
      if (note.opened) open();
      // A piece is missing, as after a page was put away: then it comes once more, from here on.
      if (note.after > told) return tabs.post({ turn, want: told });
      let last = note.after;
      for (const event of note.events) {
        if (!take(event, last)) return void fetchRest().catch(giveUp);
        last = event.id;
      }
      if (note.events.some(({ event }) => event === "done" || event === "problem")) end("closed");
    }

    async function lead(): Promise<void> {
      // Whoever had it may have told its end just now, and then there is nothing to do.
      if (answered) await environment.pause(settleMs, over.signal);
      if (over.signal.aborted || known.leads || isAlone) return;
      if (!hooks.mayLead(turn, sends)) return end("closed");
      known.leads = true;
      hooks.isRemote(turn, false);
      let last = sends ? 0 : told;
      const how = await stream(told, {
        opened() {
          open();
          tabs.post({ turn, opened: true, after: told, events: [] });
        },
        event(event) {
          if (ended.end) return;
          const isNew = event.id > lastEvent(known);
          const after = last;
          last = event.id;
          if (!take(event, after)) end("closed");
          else if (isNew) tabs.post({ turn, opened: true, after, events: [event] });
        },
      });
      if (typeof how === "object") tabs.post({ turn, refused: how });
      end(how);
    }

    const leading = () => lead().catch(giveUp);
    async function watch(): Promise<void> {
      while (!over.signal.aborted && !known.leads) {
        answered = false;
        tabs.post({ turn, want: told });
        const woken = await environment.pause(leaderTimeoutMs, over.signal);
        if (!answered && !woken) await leading();
      }
    }

    const abort = () => end("closed");
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    const deaf = tabs.subscribe(hear);
    watch().catch(giveUp);
    tabs.lead(leading, over.signal).catch(giveUp);
    await new Promise<unknown>((resolve) => {
      if (over.signal.aborted) resolve(null);
      over.signal.addEventListener("abort", resolve);
    });
    deaf();
    signal.removeEventListener("abort", abort);
    return ended.end ?? "closed";
  }

  return {
    ...own,
    leave,
    ask: (place, asked, listener, signal) =>
      shared(asked.turn, 0, listener, signal, (_after, told) => own.ask(place, asked, told, signal), true),
    resume: (place, turn, after, listener, signal) =>
      shared(
        turn,
        after,
        listener,
        signal,
        (last, told) => own.resume(place, turn, last, told, signal),
        false,
      ),
  };
}
