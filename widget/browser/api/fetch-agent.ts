/** Fetch of the agent's public profile: the only request before the visitor acts. */
import { agentPattern } from "../../../proxy/protocol/paths.ts";
import { bare } from "../../builtins/bare.ts";

/** The proxy's response, unchecked except that it is an object; null without one. Never rejects. */
export async function fetchProfile(
  fetchNow: typeof fetch,
  proxy: string,
  agent: string,
): Promise<object | null> {
  try {
    const response = await fetchNow(
      proxy + agentPattern.replace(":agent", encodeURIComponent(agent)),
      bare<RequestInit>({ credentials: "omit" }),
    );
    return response.ok ? Object(await response.json()) : null;
  } catch {
    return null;
  }
}
