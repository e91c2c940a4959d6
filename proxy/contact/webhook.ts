/** Client of the owner's webhook: posts once, with a timeout, and follows no redirect. */

/** Body of the request, as one JSON object. */
export type Posted = { kind: "contact" | "feedback"; agent: string } & Readonly<Record<string, unknown>>;

export type Webhook = {
  /** Resolves to the status it answered with, or null when it did not answer. Never rejects, never tries twice. */
  post(posted: Posted): Promise<number | null>;
};

type Options = {
  address: string;
  fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** Runs `work` after `milliseconds`, unless cancelled. */
  schedule: (milliseconds: number, work: () => void) => () => void;
};

/** Milliseconds. */
const patience = 10_000;

export function createWebhook({ address, fetch: send, schedule }: Options): Webhook {
  return {
    async post(posted) {
      const leaving = new AbortController();
      const cancel = schedule(patience, () => leaving.abort());
      try {
        const response = await send(address, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(posted),
          // The owner did not name the target of a redirect.
          redirect: "manual",
          signal: leaving.signal,
        });
        // The body is not used; left unread, it would hold the connection.
        response.body?.cancel().catch(() => {});
        return response.status;
      } catch {
        return null;
      } finally {
        cancel();
      }
    },
  };
}
