/** Subscriptions to Redis channels over one connection, each with any number of listeners. */
import type Client from "ioredis";
import type { Redis } from "./redis.ts";

export function createSubscriptions(connection: Client): Redis["subscribe"] {
  const listeners = new Map<string, Set<(message: string) => void>>();
  connection.on("message", (channel: string, message: string) => {
    for (const onMessage of listeners.get(channel) ?? []) onMessage(message);
  });

  return (channel, onMessage) => {
    const known = listeners.get(channel);
    if (known) known.add(onMessage);
    else {
      listeners.set(channel, new Set([onMessage]));
      connection.subscribe(channel).catch(() => {});
    }
    return () => {
      const remaining = listeners.get(channel);
      if (!remaining?.delete(onMessage) || remaining.size > 0) return;
      listeners.delete(channel);
      connection.unsubscribe(channel).catch(() => {});
    };
  };
}
