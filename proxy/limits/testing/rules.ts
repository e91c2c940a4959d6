/** Rules without limits, for tests to tighten one at a time. */
import type { AdmissionRules, Asker } from "../admission.ts";

export const noRules: AdmissionRules = {
  visitor: [],
  address: [],
  agent: [],
  total: [],
  newVisitor: [],
  streams: { visitor: 1_000_000, address: 1_000_000, agent: null, total: 1_000_000 },
  budget: { day: null, month: null },
  leaseSeconds: 60,
};

export const ann: Asker = { visitor: "ann", isNew: false, address: "1.2.3.4", agent: "default" };
export const bob: Asker = { visitor: "bob", isNew: false, address: "5.6.7.8", agent: "default" };
export const newcomer: Asker = { visitor: "new", isNew: true, address: "1.2.3.4", agent: "default" };
