/** Draws the demo agent's picture, a keyhole in a speech bubble, as a PNG without any image library. */
import { crc32, deflateSync } from "node:zlib";

const side = 128;
const ink = [15, 107, 92] as const;
const paper = [255, 255, 255] as const;

let drawn: Uint8Array<ArrayBuffer> | undefined;

/** 128 by 128 pixels, opaque to the edge, so that any rounding of the corners suits it. Drawn once. */
export function drawAvatar(): Uint8Array<ArrayBuffer> {
  drawn ??= encode(paint());
  return drawn;
}

/** Whether a point is paper: the same shapes as mark.svg. */
function isPaper(x: number, y: number): boolean {
  const bubble = ((x - 64) / 40) ** 2 + ((y - 61.5) / 35.5) ** 2 <= 1;
  const tail = y >= 80 && x <= 60 && x >= 35 + (104.5 - y) * 0.13 && y <= 104.5 - (x - 35) / 2;
  const keyHead = (x - 64) ** 2 + (y - 55) ** 2 <= 144;
  const keyFoot = y >= 60 && y <= 82 && Math.abs(x - 64) <= 4 + (y - 60) * 0.28;
  return (bubble || tail) && !keyHead && !keyFoot;
}

/** Rows of RGB, each opened by PNG's filter byte; every pixel is the mean of 16 samples. */
function paint(): Uint8Array {
  const rows = new Uint8Array(side * (1 + side * 3));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let share = 0;
      for (let sample = 0; sample < 16; sample++) {
        const inside = isPaper(x + ((sample % 4) + 0.5) / 4, y + (Math.floor(sample / 4) + 0.5) / 4);
        if (inside) share += 1 / 16;
      }
      const colour = ink.map((value, band) => Math.round(value + ((paper[band] ?? 255) - value) * share));
      rows.set(colour, y * (1 + side * 3) + 1 + x * 3);
    }
  }
  return rows;
}

function encode(rows: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8); // eight bits a band, colour without transparency
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([signature, ...parts]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
