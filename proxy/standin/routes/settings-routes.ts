/** Routes of an agent's settings, and of the account's limits. */
import { success } from "../wire/envelope.ts";
import { projectOf, type Register } from "./route.ts";
import { updateSettings, writeSettings, type SettingsVariant } from "../settings.ts";
import type { FaultName } from "../wire/fault-names.ts";
import type { StandinContext } from "../context.ts";
import { limits } from "../limits.ts";

const variants: readonly [FaultName, SettingsVariant][] = [
  ["settings-2023", "2023"],
  ["settings-nulls", "nulls"],
  ["settings-zero-one", "zero-one"],
];

export function settingsRoutes(on: Register, workings: StandinContext): void {
  const { store, faults, options } = workings;

  on("GET", "/projects/:project/settings", "settings", (incoming) => {
    const project = projectOf(workings, incoming);
    const variant = variants.find(([fault]) => faults.take(fault, "settings"))?.[1] ?? "full";
    return success(writeSettings(project.settings, variant));
  });

  on("POST", "/projects/:project/settings", "update-settings", async (incoming) => {
    const project = projectOf(workings, incoming);
    project.settings = updateSettings(project.settings, await incoming.fields());
    project.updatedAt = options.clock();
    return success({ updated: true });
  });

  on("GET", "/limits/usage", "usage", () => {
    const all = [...store.projects.values()];
    return success({
      max_projects_num: limits.projects,
      current_projects_num: all.length,
      max_total_storage_credits: limits.pages * limits.projects,
      current_total_storage_credits: all.reduce((sum, project) => sum + project.pages.size, 0),
      max_queries: 1000,
      current_queries: all.reduce((sum, project) => sum + project.counts.questions, 0),
    });
  });
}
