/** Download of one file from an allowed address: bounded in size, time and redirects, each redirect checked. */
import { limits } from "../limits.ts";
import { readBounded, TooLarge } from "../wire/bounded-read.ts";
import { decodePage, unzipped } from "./decode-page.ts";

export type Network = {
  /** Whether this address may be fetched at all. */
  mayFetch: (address: URL) => boolean;
  /** Must not follow redirects by itself. */
  fetchPage: (address: URL, signal: AbortSignal) => Promise<Response>;
};

export type Fetching = Network & {
  /**
   * Awaited before each request, redirects included, and outside of its time limit. Rejects with `DownloadFailed` to
   * refuse the request.
   */
  turn?: (address: URL, ending: AbortSignal) => Promise<void>;
};

export type Download = {
  /** After redirects. */
  address: URL;
  bytes: Uint8Array<ArrayBuffer>;
  text: string;
  contentType: string;
};

/** Failed download, with a message for the project's creator. */
export class DownloadFailed extends Error {
  readonly address: URL;
  /** The same without the address, as the end of a sentence: "is too large". */
  readonly reason: string;
  /** The status of a response that was no success. */
  readonly status: number | undefined;

  constructor(address: URL, reason: string, options: { status?: number; cause?: unknown } = {}) {
    super(`${address.href} ${reason}`, options);
    this.address = address;
    this.reason = reason;
    this.status = options.status;
  }
}

/** `maxBytes` of the file, unzipped. Rejects with `DownloadFailed`. */
export async function download(
  start: URL,
  by: Fetching,
  ending: AbortSignal,
  maxBytes: number = limits.download,
): Promise<Download> {
  let address = start;
  for (let hops = 0; hops <= limits.redirects; hops++) {
    if (!/^https?:$/.test(address.protocol) || !by.mayFetch(address)) {
      throw new DownloadFailed(
        address,
        "may not be fetched: the stand-in reads only this machine and the hosts its operator allowed",
      );
    }
    await by.turn?.(address, ending);
    const late = AbortSignal.timeout(limits.downloadMs);
    const signal = AbortSignal.any([ending, late]);
    const response = await attempt(() => by.fetchPage(address, signal), address, late);
    const target = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && target !== null && URL.canParse(target, address)) {
      await response.body?.cancel();
      address = new URL(target, address);
      continue;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new DownloadFailed(address, `answered ${response.status}`, { status: response.status });
    }
    const read = async () => unzipped(await readBounded(response.body, maxBytes), maxBytes);
    const bytes = await attempt(read, address, late);
    const contentType = response.headers.get("content-type") ?? "";
    return { address, bytes, contentType, text: decodePage(bytes, contentType) };
  }
  throw new DownloadFailed(start, "redirects too often");
}

async function attempt<Result>(
  work: () => Promise<Result>,
  address: URL,
  late: AbortSignal,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DownloadFailed) throw cause;
    const slow = late.aborted ? `took longer than ${limits.downloadMs / 1000} seconds` : "could not be read";
    throw new DownloadFailed(address, cause instanceof TooLarge ? "is too large" : slow, { cause });
  }
}
