/** Client on a bare socket, cheap enough not to distort the measurements. */
import { connect, type Socket } from "node:net";

export type Answer = {
  status: number;
  /** Response after the head, chunk framing included; "" unless requested. */
  text: string;
  /** `performance.now()` of the request and of the first event. */
  sentAt: number;
  firstAt: number;
};

type Watch = {
  /** Milliseconds each event took from the origin. */
  delays?: number[];
  keepText?: boolean;
  /** Called with everything received so far, at each piece. */
  onText?: (text: string) => void;
};

/** Sends one request at a time over a kept connection. */
export class Connection {
  readonly socket: Socket;
  #take: (bytes: Buffer) => void = () => {};
  #fail: (error: Error) => void = () => {};

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.setNoDelay(true);
    this.socket.on("data", (bytes) => this.#take(bytes));
    this.socket.on("error", (error) => this.#fail(error));
    this.socket.on("close", () => this.#fail(new Error("the connection was closed")));
  }

  /** Resolves when the answer is whole; rejects when the connection ends before. */
  send(request: string, watch: Watch = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      const answer: Answer = { status: 0, text: "", sentAt: performance.now(), firstAt: 0 };
      const keeps = watch.keepText === true || watch.onText !== undefined;
      let head = "";
      let length = -1;
      let tail = "";
      this.#take = (bytes) => {
        let text = bytes.toString("latin1");
        if (answer.status === 0) {
          head += text;
          const end = head.indexOf("\r\n\r\n");
          if (end < 0) return;
          text = head.slice(end + 4);
          head = head.slice(0, end + 2);
          answer.status = Number(head.slice(9, 12));
          length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? (answer.status === 204 ? 0 : -1));
        }
        if (answer.firstAt === 0 && text.includes("t=")) answer.firstAt = performance.now();
        if (watch.delays) gather(watch.delays, text);
        if (keeps) answer.text += text;
        watch.onText?.(answer.text);
        if (length >= 0) length -= text.length;
        else tail = (tail + text).slice(-5);
        if (length === 0 || (length < 0 && tail === "0\r\n\r\n")) {
          this.#take = () => {};
          this.#fail = () => {};
          resolve(answer);
        }
      };
      this.socket.write(request);
    });
  }

  close(): void {
    this.#fail = () => {};
    this.socket.destroy();
  }
}

function gather(delays: number[], text: string): void {
  const now = performance.now();
  for (let at = text.indexOf("t="); at >= 0; at = text.indexOf("t=", at + 2)) {
    const end = text.indexOf(";", at);
    if (end > 0) delays.push(now - Number(text.slice(at + 2, end)));
  }
}

/** Complete HTTP request as text. */
export function requestText(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): string {
  const json = body ? JSON.stringify(body) : "";
  const lines = Object.entries({
    host: "127.0.0.1",
    ...headers,
    ...(body ? { "content-type": "application/json", "content-length": String(json.length) } : {}),
  }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, "", json].join("\r\n");
}
