/** Registration of a route: applies faults first, then the handler; a thrown value becomes an error envelope. */
import type { Hono } from "hono";
import type { Call } from "../wire/calls.ts";
import { faultAnswer } from "../faults/fault-answers.ts";
import { noSuchConversation, noSuchProject, notAnInteger } from "../wire/refusal.ts";
import { readFields, type Fields } from "../wire/request-body.ts";
import type { SeenRequest } from "../recorder.ts";
import type { Conversation, Project } from "../content/store.ts";
import type { StandinContext } from "../context.ts";

/** Given to the app with each request: its body was read already. */
export type Stage = { Bindings: { bytes: Uint8Array<ArrayBuffer>; entry: SeenRequest } };

export type Incoming = {
  /** As asked, with its query. */
  url: string;
  /** Aborted when the client disconnects or the stand-in is closed. */
  signal: AbortSignal;
  query: (name: string) => string | undefined;
  header: (name: string) => string | undefined;
  /** A part of the path. */
  part: (name: string) => string;
  fields: () => Promise<Fields>;
};

type Work = (incoming: Incoming) => Response | Promise<Response>;
export type Register = (
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  call: Call,
  work: Work,
) => void;

/** Paths are written without `/api/v1`. */
export function createRegister(app: Hono<Stage>, workings: StandinContext): Register {
  return (method, path, call, work) =>
    app.on(method, `/api/v1${path}`, async (context) => {
      const { bytes, entry } = context.env;
      entry.call = call;
      const { req } = context;
      const incoming: Incoming = {
        url: req.url,
        signal: AbortSignal.any([req.raw.signal, workings.closing]),
        query: (name) => req.query(name),
        header: (name) => req.header(name),
        part: (name) => req.param(name) ?? "",
        fields: () => readFields(bytes, req.header("content-type") ?? ""),
      };
      return (await faultAnswer(workings.faults, call, incoming)) ?? (await work(incoming));
    });
}

/** The project that the path names. Refuses with 400 and 404 as documented. */
export function projectOf({ store }: StandinContext, incoming: Incoming): Project {
  const written = incoming.part("project");
  if (!/^\d{1,15}$/.test(written)) throw notAnInteger();
  const project = store.projects.get(Number(written));
  if (project === undefined) throw noSuchProject(Number(written));
  return project;
}

/** The conversation that the path names, in that project. */
export function conversationOf(
  { store }: StandinContext,
  project: Project,
  incoming: Incoming,
): Conversation {
  const session = incoming.part("session");
  const conversation = store.conversation(project.id, session);
  if (conversation === undefined) throw noSuchConversation(session);
  return conversation;
}
