import { afterEach, expect, it } from "vitest";
import { noTexts } from "../../../proxy/protocol/testing/bare-profile.ts";
import { chatForTests, citationWith, does, renderView, profileWith } from "../testing/chat.tsx";
import { Citations } from "./citations.tsx";
import { currentAddress } from "../../page/current-page.ts";

afterEach(() => {
  currentAddress.value = location.href;
});

const many = (count: number) => Array.from({ length: count }, (_, index) => citationWith(String(index + 1)));

it("shows number, title and site of a source, and opens it in a new tab", async () => {
  const chat = chatForTests();
  const [citation] = many(1);
  if (!citation) throw new Error("none");
  const { one } = await renderView(chat, <Citations citations={[citation]} />);
  const card = one("a[part=citation]");
  expect(card.textContent).toBe("1Page 1example.com(opens in a new tab)");
  expect(card.getAttribute("href")).toBe("https://www.example.com/1");
  expect(card.getAttribute("target")).toBe("_blank");
  expect(card.getAttribute("rel")).toContain("noopener");
  card.addEventListener("click", (event) => event.preventDefault());
  await does(() => card.click());
  expect(chat.citationOpened).toHaveBeenCalledExactlyOnceWith(citation);
});

it.each([null, "javascript:alert(1)", "data:text/html,x", "nonsense"])(
  "shows a source whose address is %s as words, not as a link",
  async (url) => {
    const { all, one } = await renderView(
      chatForTests(),
      <Citations citations={[citationWith("1", { url })]} />,
    );
    expect(all("a")).toHaveLength(0);
    expect(one("[part=citation]").textContent).toBe("1Page 1");
  },
);

it("shows a source's picture from the proxy, and goes without when it does not load", async () => {
  const { one, all } = await renderView(
    chatForTests(),
    <Citations citations={[citationWith("1", { image: "/v1/pictures/9" })]} />,
  );
  expect(one("img").getAttribute("src")).toBe("https://proxy.example/v1/pictures/9");
  await does(() => {
    one("img").dispatchEvent(new Event("error"));
  });
  expect(all("img")).toHaveLength(0);
});

it("shows the first three of many, the rest on request, and focuses the first new one", async () => {
  const { all, named } = await renderView(chatForTests(), <Citations citations={many(7)} />);
  expect(all("[part=citation]")).toHaveLength(3);
  await does(() => named("Show all 7 sources").click());
  expect(all("[part=citation]")).toHaveLength(7);
  expect(document.activeElement).toBe(all("[part=citation]")[3]);
  expect(all("button")).toHaveLength(0);
});

it("shows four at once: a button for the fourth would take as much room", async () => {
  const { all } = await renderView(chatForTests(), <Citations citations={many(4)} />);
  expect(all("[part=citation]")).toHaveLength(4);
  expect(all("button")).toHaveLength(0);
});

it("uses the owner's word for sources", async () => {
  const chat = chatForTests();
  chat.profile.value = profileWith({ texts: { ...noTexts, sources: "Read more" } });
  const { one } = await renderView(chat, <Citations citations={many(1)} />);
  expect(one(".label").textContent).toBe("Read more");
});

it("says how many sources are on this page, and marks each; those of this site open in the same tab", async () => {
  currentAddress.value = "https://www.example.com/2?utm_source=mail";
  const { all, one } = await renderView(
    chatForTests(),
    <Citations citations={[...many(3), citationWith("4", { url: "https://elsewhere.example/" })]} />,
  );
  expect(one(".on-page").textContent).toBe("1 of 4 sources is on this page");
  expect(
    all("a").map((card) => [card.getAttribute("target"), card.querySelector(".unseen")?.textContent]),
  ).toEqual([
    [null, undefined],
    [null, "(on this page)"],
    [null, undefined],
    ["_blank", "(opens in a new tab)"],
  ]);
  await does(() => {
    currentAddress.value = "https://www.example.com/9";
  });
  expect(all(".on-page")).toHaveLength(0);
});

it("shows a source's summary beside its link, unless it says nothing that title and other sources do not", async () => {
  const same = "The bank for people who like the sea.";
  const { all } = await renderView(
    chatForTests(),
    <Citations
      citations={[
        citationWith("1", { description: "How to open an account from abroad." }),
        citationWith("2", {
          title: "How to close an account at once",
          description: "How to close an account!",
        }),
        citationWith("3", { description: same }),
        citationWith("4", { description: same }),
      ]}
    />,
  );
  expect(all(".summary").map((each) => each.textContent)).toEqual(["How to open an account from abroad."]);
  expect(all("a")[0]?.textContent).not.toContain("abroad");
});
