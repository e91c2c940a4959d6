/** Raw HTTP requests over a bare socket. */
import { connect } from "node:net";

export type RawAnswer = {
  /** Everything received until the server closed or was silent. */
  text: string;
  /** The status of the first response; null when there was none. */
  status: number | null;
  /** Whether the server closed the connection. */
  closed: boolean;
};

/** Writes the pieces and listens until the server closes, or is silent for that many milliseconds. */
export function speakRaw(port: number, pieces: readonly string[], silence = 1500): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let text = "";
    let closed = false;
    const socket = connect(port, "127.0.0.1", () => {
      for (const piece of pieces) socket.write(piece, "latin1");
    });
    socket.setTimeout(silence, () => socket.destroy());
    socket.on("data", (bytes) => (text += bytes.toString("latin1")));
    socket.on("end", () => (closed = true));
    socket.on("error", (error) => {
      closed = true;
      if (error.message.includes("ECONNREFUSED")) reject(error);
    });
    socket.on("close", () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({ text, status: status === undefined ? null : Number(status), closed });
    });
  });
}

/** The lines of a request's head, the blank one included. */
export const head = (...lines: readonly string[]) => [...lines, "", ""].join("\r\n");
