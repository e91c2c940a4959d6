/** Fetches the agent's public face: the one thing asked of the proxy before the visitor acts. */
import { pathTo } from "../../proxy/protocol/paths.ts";

/** What the proxy answered, unchecked; null when it did not, whatever the reason. Never rejects. */
export async function fetchFace(fetchNow: typeof fetch, proxy: string, agent: string): Promise<unknown> {
  try {
    const response = await fetchNow(proxy + pathTo("face", { agent }), {
      credentials: "omit",
      mode: "cors",
      redirect: "error",
      referrerPolicy: "strict-origin-when-cross-origin",
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
