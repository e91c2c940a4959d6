/** Tests that every transport must pass, against a real server on loopback. */
import { describe } from "vitest";
import type { Transport } from "../transport/types.ts";
import { itEndsConnections } from "./transport-aborts.ts";
import { itReportsFailures } from "./transport-failures.ts";
import { itReadsResponses } from "./transport-responses.ts";
import { createTransportServer } from "./transport-server.ts";
import { itTimesOut } from "./transport-timeouts.ts";

/** Adds the tests; each gets a transport of its own, which is closed after it. */
export function itIsATransport(create: () => Transport): void {
  const server = createTransportServer(create);
  describe("a response", () => {
    itReadsResponses(server);
  });
  describe("limits", () => {
    itTimesOut(server);
  });
  describe("breaking", () => {
    itReportsFailures(server);
  });
  describe("leaving", () => {
    itEndsConnections(server);
  });
}
