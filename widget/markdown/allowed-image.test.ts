/** Whose pictures may be loaded, however much another host looks like theirs. */
import { expect, it } from "vitest";
import { isAllowedPicture } from "./allowed-image.ts";

const hosts = ["cdn.example.com", "*.Images.example", "*", "*.", "", "local.example:8080"];

it.each([
  "https://cdn.example.com/a.png",
  "https://CDN.example.com:443/a.png?b=c",
  "https://eu.images.example/a.png",
  "https://a.eu.images.example/",
  "http://local.example:8080/a.png",
])("%s may", (href) => {
  expect(isAllowedPicture(href, hosts)).toBe(true);
});

it.each([
  "https://evil.example/cdn.example.com",
  "https://cdn.example.com.evil.example/",
  "https://cdn.example.com@evil.example/",
  "https://evilcdn.example.com/",
  "https://sub.cdn.example.com/",
  "https://images.example/",
  "https://evilimages.example/",
  "https://evil.example./",
  "https://cdn.example.com:8443/",
  "https://local.example/",
  "data:image/png;base64,AAAA",
  "mailto:a@cdn.example.com",
])("%s may not", (href) => {
  expect(isAllowedPicture(href, hosts)).toBe(false);
});

it("none may be loaded where the owner listed none", () => {
  expect(isAllowedPicture("https://cdn.example.com/a.png", [])).toBe(false);
});
