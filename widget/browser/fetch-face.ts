/** Fetches the agent's public face: the one thing asked of the proxy before the visitor acts. */
import { facePattern } from "../../proxy/protocol/paths.ts";

/** What the proxy answered, unchecked; null when it did not, whatever the reason. Never rejects. */
export async function fetchFace(fetchNow: typeof fetch, proxy: string, agent: string): Promise<unknown> {
  try {
    const response = await fetchNow(proxy + facePattern.replace(":agent", encodeURIComponent(agent)), {
      credentials: "omit",
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
