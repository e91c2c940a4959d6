/** Admission rules from the settings. */
import type { AdmissionRules } from "../limits/admission.ts";
import type { Settings } from "../settings/table.ts";

/** Seconds beyond the maximum duration of an answer, for the work before and after it. */
const leeway = 60;

export function admissionRules(settings: Settings): AdmissionRules {
  return {
    visitor: settings.visitorLimit,
    address: settings.addressLimit,
    agent: settings.agentLimit,
    total: settings.totalLimit,
    newVisitor: settings.newVisitorLimit,
    streams: {
      visitor: settings.visitorStreams,
      address: settings.addressStreams,
      agent: settings.agentStreams,
      total: settings.totalStreams,
    },
    budget: { day: settings.dayBudget, month: settings.monthBudget },
    leaseSeconds: settings.upstreamTotalSeconds + leeway,
  };
}
