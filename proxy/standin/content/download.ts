/** Download of one text from an allowed address: bounded in size, time and redirects, each redirect checked. */
import { readBounded, TooLarge } from "../wire/bounded-read.ts";
import { limits } from "../limits.ts";

export type Fetching = {
  /** Whether this address may be fetched at all. */
  mayFetch: (address: URL) => boolean;
  /** Must not follow redirects by itself. */
  fetchPage: (address: URL, signal: AbortSignal) => Promise<Response>;
};

export type Download = { address: URL; text: string; contentType: string };

/** Failed download, with a message for the project's creator. */
export class DownloadFailed extends Error {}

export async function download(start: URL, by: Fetching, ending: AbortSignal): Promise<Download> {
  const signal = AbortSignal.any([ending, AbortSignal.timeout(limits.downloadMs)]);
  let address = start;
  for (let hops = 0; hops <= limits.redirects; hops++) {
    if (!/^https?:$/.test(address.protocol) || !by.mayFetch(address)) {
      throw new DownloadFailed(
        `${address.origin} may not be fetched: the stand-in reads only this machine and the hosts its operator allowed`,
      );
    }
    const response = await attempt(() => by.fetchPage(address, signal), address);
    const target = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && target !== null && URL.canParse(target, address)) {
      await response.body?.cancel();
      address = new URL(target, address);
      continue;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new DownloadFailed(`${address.href} answered ${response.status}`);
    }
    const bytes = await attempt(() => readBounded(response.body, limits.download), address);
    const contentType = response.headers.get("content-type") ?? "";
    return { address, text: new TextDecoder().decode(bytes), contentType };
  }
  throw new DownloadFailed(`${start.href} redirects too often`);
}

async function attempt<Result>(work: () => Promise<Result>, address: URL): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof TooLarge ? "is too large" : "could not be read";
    throw new DownloadFailed(`${address.href} ${why}`, { cause });
  }
}
