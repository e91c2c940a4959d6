/** Interface of HTTP transports, so that tests and other runtimes can bring their own. */

/** All in milliseconds; the transport itself keeps each of them. */
export type Timeouts = {
  /** Until the connection stands, name look-up and TLS included. */
  connectMs: number;
  /** From the request being sent until the response's headers are there. */
  firstByteMs: number;
  /** Between two pieces of a body. */
  idleMs: number;
  /** For the whole call, to the last byte. */
  totalMs: number;
};

export type TransportRequest = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: URL;
  /** Complete: a transport adds only what HTTP itself needs (host, connection, content-length). */
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** Ends the connection at once, in every phase; the call or the body then rejects with the signal's reason. */
  signal: AbortSignal;
  timeouts: Timeouts;
};

export type TransportResponse = {
  status: number;
  /** A header by its lower-case name. */
  header(name: string): string | undefined;
  /**
   * Can be read once. Leaving the loop early ends the connection, at once or when the body does not end by itself within
   * a moment; a broken connection throws `TransportFailure`.
   */
  body: AsyncIterable<Uint8Array>;
  /** Ends the connection when the body will not be read. */
  discard(): void;
};

export type Transport = {
  /** Sends once, never repeats, follows no redirect. Rejects with `TransportFailure` or the signal's reason. */
  send(request: TransportRequest): Promise<TransportResponse>;
  close(): Promise<void>;
};

export class TransportFailure extends Error {
  override readonly name = "TransportFailure";
  /** `timeout`: nothing arrived in time. `broken`: refused, reset, no such host, not HTTP. */
  readonly kind: "timeout" | "broken";
  /** Whether the request may have been sent, and so carried out; false only when it certainly was not. */
  readonly isSent: boolean;

  constructor(kind: "timeout" | "broken", message: string, isSent = true) {
    super(message);
    this.kind = kind;
    this.isSent = isSent;
  }
}
