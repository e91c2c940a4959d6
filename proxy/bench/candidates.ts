/** Candidates of the benchmark, with one interface: no proxy, nginx, bare Node, our proxy. */
import { randomUUID } from "node:crypto";
import { Connection, requestText, type Answer } from "./connection.ts";
import { origin, type Program } from "./processes.ts";

/** One visitor with a connection and a conversation of their own. */
export type Visitor = {
  connection: Connection;
  /** Complete request with a question; `turn` is its id, where turns have ids. */
  ask: (prompt: string, accept: string, turn?: string) => string;
  /** Ends an answer that is being written, as far as the candidate can: a stop of its own, or hanging up. */
  stop: (turn: string) => void;
};

export type Candidate = {
  name: "direct" | "nginx" | "bare node" | "ours";
  /** Null for the straight way. */
  program: Program | null;
  visitor(): Promise<Visitor>;
};

export function bare(
  name: Exclude<Candidate["name"], "ours">,
  port: number,
  program: Program | null,
): Candidate {
  const path = "/api/v1/projects/7/conversations/00000000-0000-4000-8000-000000000001/messages?stream=true";
  return {
    name,
    program,
    visitor() {
      const connection = new Connection(port);
      return Promise.resolve({
        connection,
        ask: (prompt, accept) =>
          requestText(
            "POST",
            path,
            { accept, authorization: "Bearer 1|key", origin },
            { prompt, stream: true },
          ),
        stop: () => connection.close(),
      });
    },
  };
}

/**
 * Asks follow-up questions, which take one upstream call each, as with the others. Starting a conversation takes two;
 * that is done once for each visitor and not measured.
 */
export function ours(program: Program): Candidate {
  return {
    name: "ours",
    program,
    async visitor() {
      const connection = new Connection(program.port);
      const begun = await connection.send(
        requestText(
          "POST",
          "/v1/agents/default/conversations",
          { origin, accept: "application/json" },
          { prompt: "json", turn: randomUUID() },
        ),
        { keepText: true },
      );
      const { conversation, visitor } = identity(begun);
      const headers = { origin, authorization: `Bearer ${visitor}` };
      const path = `/v1/conversations/${conversation}`;
      return {
        connection,
        ask: (prompt, accept, turn = randomUUID()) =>
          requestText("POST", `${path}/messages`, { ...headers, accept }, { prompt, turn }),
        stop(turn) {
          const other = new Connection(program.port);
          void other.send(requestText("DELETE", `${path}/turns/${turn}`, headers)).then(() => other.close());
        },
      };
    },
  };
}

function identity({ status, text }: Answer): { conversation: string; visitor: string } {
  const conversation = /"conversation":"([^"]+)"/.exec(text)?.[1];
  const visitor = /"visitor":"([^"]+)"/.exec(text)?.[1];
  if (!conversation || !visitor) throw new Error(`Our proxy begins no conversation: ${status} ${text}`);
  return { conversation, visitor };
}
