/** Error of upstream: thrown anywhere, written as an error envelope in one place. */

export class Refusal extends Error {
  readonly status: number;
  /** `message` is written as it is into the envelope's `data.message`. */
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const notAnInteger = () => new Refusal(400, "Agent id must be integer");
export const noSuchProject = (id: number) => new Refusal(404, `Agent with id ${id} not found`);
export const noSuchPage = (id: string) => new Refusal(404, `Page with id ${id} not found`);
export const noSuchMessage = (id: string) => new Refusal(404, `Conversation message with id ${id} not found`);
/** Assumed: no source shows what an unknown session id gives where one is not created. */
export const noSuchConversation = (session: string) =>
  new Refusal(404, `Conversation with id ${session} not found`);
