/** Pictures: raster formats only, bounded, without the key, from public addresses only, fetched once. */
import { afterEach, describe, expect, it } from "vitest";
import { pictureType } from "./image-type.ts";
import { clientFor, failureOf, never } from "../testing/client.ts";
import { type Play, startService } from "../testing/service.ts";

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
  );
const png = bytes([0x89], "PNG\r\n", [0x1a, 0x0a], "rest of the picture");

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

async function serve(play: Play, allowPrivatePictures = true) {
  const service = await startService(play);
  const client = clientFor(service.base, { allowPrivatePictures });
  stop = () => client.upstream.close().then(() => service.close());
  const picture = (path: string) => client.upstream.picture(`${service.origin}${path}`, never);
  return { picture, service, ...client };
}

const sends =
  (body: Buffer, type = "image/png"): Play =>
  (_, response) => {
    response.writeHead(200, { "content-type": type, "set-cookie": "a=1" });
    response.end(body);
  };

it("fetches a picture once, without the key", async () => {
  const { picture, service } = await serve(sends(png));
  const [one, two] = await Promise.all([picture("/a.png"), picture("/a.png")]);
  await picture("/a.png");
  expect(one).toEqual({ type: "image/png", bytes: new Uint8Array(png) });
  expect(two).toEqual(one);
  expect(service.asked).toHaveLength(1);
  expect(Object.keys(service.asked[0]?.headers ?? {}).sort()).toEqual([
    "accept",
    "accept-encoding",
    "connection",
    "host",
    "user-agent",
  ]);
});

it.each([
  ["image/png", png],
  ["image/jpeg", bytes([0xff, 0xd8, 0xff, 0xe0], "JFIF")],
  ["image/gif", bytes("GIF89a...")],
  ["image/webp", bytes("RIFF", [1, 2, 3, 4], "WEBPVP8 ")],
  ["image/avif", bytes([0, 0, 0, 28], "ftypavif", [0, 0, 0, 0])],
  ["image/avif", bytes([0, 0, 0, 28], "ftypmif1", [0, 0, 0, 0], "miafavif")],
  [null, bytes("<svg xmlns='http://www.w3.org/2000/svg'/>")],
  [null, bytes("<html>")],
  [null, bytes("GIF8")],
  [null, bytes("RIFF", [1, 2, 3, 4], "WAVE")],
  [null, bytes([0, 0, 0, 28], "ftypmp42")],
  [null, bytes()],
])("recognises %s by its bytes", (type, body) => {
  expect(pictureType(body)).toBe(type);
});

describe("a response without a picture", () => {
  it.each<[string, Play]>([
    ["an SVG", sends(bytes("<svg/>"), "image/svg+xml")],
    ["an SVG that says it is a PNG", sends(bytes("<svg/>"))],
    ["a PNG that says it is a page", sends(png, "text/html")],
    ["more than two megabytes", sends(Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)]))],
    [
      "more than two megabytes, unannounced",
      (_, response) => {
        response.writeHead(200, { "content-type": "image/png" });
        const more = () =>
          response.write(Buffer.concat([png, Buffer.alloc(65_536)]), () => setImmediate(more));
        more();
      },
    ],
    ["missing", (_, response) => void response.writeHead(404).end()],
  ])("%s", async (_, play) => {
    const { picture } = await serve(play);
    expect(await failureOf(picture("/a.png"))).toMatchObject({ code: "not-found" });
  });

  it.each(["", "/a.png", "file:///etc/passwd", "data:image/png;base64,AAAA", "http://u:p@example.com/a.png"])(
    "the address %j",
    async (address) => {
      const { upstream } = await serve(sends(png));
      expect(await failureOf(upstream.picture(address, never))).toMatchObject({ code: "not-found" });
    },
  );
});

it("takes a picture's type from its bytes", async () => {
  const { picture } = await serve(sends(png, "image/jpeg"));
  expect((await picture("/a.jpg")).type).toBe("image/png");
});

it("reports a host that is down, and fetches again the next time", async () => {
  const { picture, service } = await serve((_, response) => void response.writeHead(500).end());
  expect(await failureOf(picture("/a.png"))).toMatchObject({ code: "upstream-down" });
  expect(await failureOf(picture("/a.png"))).toMatchObject({ code: "upstream-down" });
  expect(service.asked).toHaveLength(2);
});

it("fetches an address without a picture once a minute, however often it is requested", async () => {
  const { picture, service } = await serve((_, response) => void response.writeHead(404).end());
  for (let n = 0; n < 3; n++)
    expect(await failureOf(picture("/gone.png"))).toMatchObject({ code: "not-found" });
  expect(service.asked).toHaveLength(1);
});

describe("redirects", () => {
  const hops: Play = (asked, response) => {
    const left = Number(asked.path.slice(1));
    if (left === 0) return sends(png)(asked, response);
    response.writeHead(302, { location: `/${left - 1}` }).end();
  };

  it("three are followed, four are not", async () => {
    const { picture, service } = await serve(hops);
    expect((await picture("/3")).type).toBe("image/png");
    expect(service.asked).toHaveLength(4);
    expect(await failureOf(picture("/4"))).toMatchObject({ code: "not-found" });
  });

  it("are checked each", async () => {
    const { picture } = await serve(
      (_, response) => void response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    );
    expect(await failureOf(picture("/a.png"))).toMatchObject({ code: "not-found" });
  });
});

describe("addresses inside someone's network", () => {
  it("are refused as IP addresses and as names, before a byte is sent", async () => {
    const { upstream, service, picture } = await serve(sends(png), false);
    const { port } = service.base;
    expect(await failureOf(picture("/a.png"))).toMatchObject({ code: "not-found" });
    for (const host of ["localhost", "[::1]", "127.1", "0x7f.1", "[::ffff:127.0.0.1]"]) {
      const failure = await failureOf(upstream.picture(`http://${host}:${port}/a.png`, never));
      expect(["not-found", "upstream-down"]).toContain(failure.code);
    }
    expect(service.asked).toEqual([]);
  });
});
