/** Shared stream: one call for a turn's stream, which follows the tab that leads the turn, and leads when there is none. */
import type { StreamEvent } from "../../../proxy/protocol/events.ts";
import { report } from "../contain.ts";
import type { TabMessage, StreamEnd, StreamListener, TabChannel, ChatEnvironment } from "../environment.ts";
import { leadTurn, type TurnReceiver } from "./lead-turn.ts";
import type { ReceivedTurn } from "./received-turn.ts";

/** Milliseconds after which the leader is pinged; one that does not reply, as when it is frozen, is replaced. */
const leaderTimeoutMs = 5_000;

/** Milliseconds for the leader's last message to arrive. */
const settleMs = 100;

export type TabHooks = {
  /** Whether a turn still has to be streamed, or even sent, now that this tab may do it. */
  mayLead(turn: string, sends: boolean): boolean;
  /** Another tab started or stopped streaming a turn. */
  isRemote(turn: string, remote: boolean): void;
};

export type StreamSharing = {
  readonly channel: TabChannel;
  readonly environment: Pick<ChatEnvironment, "pause">;
  readonly hooks: TabHooks;
};

export type StreamCall = {
  readonly turn: string;
  /** Number of the last event that the listener knows. */
  readonly after: number;
  readonly listener: StreamListener;
  readonly signal: AbortSignal;
  /** Opens a stream of the events after one. */
  readonly stream: (after: number, listener: StreamListener) => Promise<StreamEnd>;
  /** Whether opening it sends the question, and so brings the turn from its beginning. */
  readonly sends: boolean;
};

export class SharedStream implements TurnReceiver {
  readonly #shared: StreamSharing;
  readonly #received: ReceivedTurn;
  readonly #call: StreamCall;
  /** Number of the last event that the listener knows, which may know less than this tab. */
  #last: number;
  #isOpen = false;
  /** Whether the leader has replied. */
  #isLed = false;
  /** Whether this tab has its own stream, which it does not send to others. */
  #isAlone = false;
  #end: StreamEnd | null = null;
  readonly #over = new AbortController();

  constructor(shared: StreamSharing, received: ReceivedTurn, call: StreamCall) {
    this.#shared = shared;
    this.#received = received;
    this.#call = call;
    this.#last = call.after;
  }

  async run(): Promise<StreamEnd> {
    const { channel } = this.#shared;
    const { signal } = this.#call;
    const over = this.#over.signal;
    const abort = () => this.#finish("closed");
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    const leave = channel.subscribe((message) => this.#receive(message));
    this.#watch().catch(this.#giveUp);
    channel.lead(this.#leadSafely, over).catch(this.#giveUp);
    await new Promise<unknown>((resolve) => {
      if (over.aborted) resolve(null);
      over.addEventListener("abort", resolve);
    });
    leave();
    signal.removeEventListener("abort", abort);
    return this.#end ?? "closed";
  }

  open(): void {
    if (!this.#isOpen) this.#call.listener.opened();
    this.#isOpen = this.#received.isOpen = true;
  }

  /**
   * An event covers everything since the one before it, in pieces or as one. False when it overlaps with what the listener
   * has: then the rest has to be fetched.
   */
  take(event: StreamEvent, after: number): boolean {
    if (event.id <= this.#last) return true;
    if (after < this.#last) return false;
    this.#received.add(event, after);
    this.#call.listener.event(event);
    this.#last = event.id;
    return true;
  }

  #finish(end: StreamEnd): void {
    this.#end ??= end;
    this.#received.leads = false;
    this.#over.abort();
  }

  readonly #giveUp = (error: unknown): void => {
    report(error);
    this.#finish("closed");
  };

  readonly #leadSafely = () => this.#lead().catch(this.#giveUp);

  /** Receives messages of the leader. */
  #receive(message: TabMessage): void {
    const { turn } = this.#call;
    if (message.turn !== turn || this.#received.leads || this.#isAlone || "want" in message) return;
    this.#isLed = true;
    this.#shared.hooks.isRemote(turn, true);
    if ("refused" in message) return this.#finish(message.refused);
    if (message.opened) this.open();
    // An event is missing, as after the back-forward cache: request all from here on again.
    if (message.after > this.#last) return this.#shared.channel.post({ turn, want: this.#last });
    let last = message.after;
    for (const event of message.events) {
      if (!this.take(event, last)) return void this.#fetchRest().catch(this.#giveUp);
      last = event.id;
    }
    if (message.events.some(({ event }) => event === "done" || event === "problem")) this.#finish("closed");
  }

  /** Fetches the rest in a separate stream. */
  async #fetchRest(): Promise<void> {
    this.#isAlone = true;
    const { sends, stream } = this.#call;
    let last = this.#last;
    // Sending the question again would repeat the answer from its beginning; following the turn continues from here.
    if (sends) return this.#finish("closed");
    const end = await stream(last, {
      opened: () => this.open(),
      event: (event) => {
        this.take(event, last);
        last = event.id;
      },
    });
    this.#finish(end);
  }

  async #lead(): Promise<void> {
    const { channel, environment, hooks } = this.#shared;
    const { turn, sends, stream } = this.#call;
    const over = this.#over.signal;
    // The leader may have sent the end just now.
    if (this.#isLed) await environment.pause(settleMs, over);
    if (over.aborted || this.#received.leads || this.#isAlone) return;
    if (!hooks.mayLead(turn, sends)) return this.#finish("closed");
    hooks.isRemote(turn, false);
    const receiver: TurnReceiver = {
      open: () => this.open(),
      take: (event, after) => {
        if (this.#end) return false;
        const isTaken = this.take(event, after);
        if (!isTaken) this.#finish("closed");
        return isTaken;
      },
    };
    const after = this.#last;
    const first = sends ? 0 : after;
    this.#finish(
      await leadTurn(this.#received, channel, first, receiver, (listener) => stream(after, listener)),
    );
  }

  /** Pings the leader at intervals, and leads when it does not reply. */
  async #watch(): Promise<void> {
    const { channel, environment } = this.#shared;
    const over = this.#over.signal;
    while (!over.aborted && !this.#received.leads) {
      this.#isLed = false;
      channel.post({ turn: this.#call.turn, want: this.#last });
      const isWoken = await environment.pause(leaderTimeoutMs, over);
      if (!this.#isLed && !isWoken) await this.#leadSafely();
    }
  }
}
