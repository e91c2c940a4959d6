/** Detection of image requests: every page can make a browser send them, and they carry no origin. */
import type { Context } from "hono";
import { patterns } from "../protocol/paths.ts";

const folder = patterns.picture.replace(":picture", "");

export const isForPicture = (c: Context): boolean => c.req.path.startsWith(folder);
