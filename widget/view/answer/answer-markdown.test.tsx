/** What a visitor sees of an answer's text, and that nothing they hold on to is taken from under them. */
import { signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { englishConversation } from "../../i18n/locales/en.conversation.ts";
import { english as first } from "../../i18n/locales/en.ts";
import { AnswerText } from "./answer-markdown.tsx";
import { loadExtras } from "./extras/load-extras.ts";
import type { LinkTarget } from "./link-target.ts";

const english = { ...englishConversation, ...first };

const source = (id: string, url: string | null): Citation => ({
  id,
  title: `Source ${id}`,
  url,
  description: null,
  image: null,
});
const linkTarget: LinkTarget = { here: "https://page.example/now", follow() {} };
const citations = [
  source("1", "https://a.example/b"),
  source("2", null),
  source("3", "javascript:alert(1)"),
  source("4", "mailto:a@a.example"),
];

let place: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "requestAnimationFrame", "cancelAnimationFrame"],
  });
  place = document.createElement("div");
  document.body.append(place);
});

afterEach(() => {
  render(null, place);
  place.remove();
  vi.useRealTimers();
});

function show(
  text: string,
  sources: readonly Citation[] = citations,
  target: LinkTarget = linkTarget,
  pictures = "",
) {
  return act(() =>
    render(
      <AnswerText
        source={text}
        streaming={false}
        citations={sources}
        texts={english}
        linkTarget={target}
        pictures={pictures}
      />,
      place,
    ),
  );
}

const pass = (milliseconds: number) =>
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });

const find = (selector: string): Element => {
  const found = place.querySelector(selector);
  if (!found) throw new Error(`${selector} is missing in ${place.innerHTML}`);
  return found;
};

describe("a finished answer", () => {
  it("begins its headings below those of the chat", async () => {
    await show("# a\n\n### b\n\n###### c");
    expect([...place.querySelectorAll("h3,h4,h5,h6")].map((each) => each.tagName)).toEqual([
      "H4",
      "H5",
      "H6",
    ]);
  });

  it("opens links in a new tab, and announces that", async () => {
    await show("[a](https://a.example)");
    const link = find("a");
    expect(link.getAttribute("href")).toBe("https://a.example/");
    expect(link.getAttribute("target")).toBe("_blank");
    expect(link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(link.textContent).toBe(`a ${english.opensInNewTab}`);
  });

  it("opens mail and telephone links in their programs", async () => {
    await show("[a](mailto:a@b.example) [b](tel:+1)");
    for (const link of place.querySelectorAll("a")) expect(link.hasAttribute("target")).toBe(false);
    expect(find("p").textContent).toBe("a b");
  });

  it("makes a marker a link to its source, a raised number where that has no address, and leaves others alone", async () => {
    const follow = vi.fn<LinkTarget["follow"]>();
    await show("a [1] b [2] c [3] d [4] e [9]", citations, { ...linkTarget, follow });
    expect([...place.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
      "https://a.example/b",
    ]);
    expect(find("p").textContent).toBe(`a\u202f1 ${english.opensInNewTab} b\u202f2 c\u202f3 d\u202f4 e [9]`);
    find("a.marker").dispatchEvent(new Event("click"));
    expect(follow).toHaveBeenCalledExactlyOnceWith(expect.any(Event), "https://a.example/b", citations[0]);
  });

  it("shows an answer's own footnotes, and makes those that only name a source links to it", async () => {
    await show(
      [
        "Cheap[^1], fast[^b], known[^x], small[^3], odd[^9].",
        "[^1]: Prices are without tax.",
        "[^b]: [Source 1](https://a.example/b#part), p. 3",
        "[^x]: Source 2",
      ].join("\n\n"),
    );
    expect(find("p").textContent).toBe(`Cheap1, fast1 ${english.opensInNewTab}, known2, small3, odd[^9].`);
    expect([...place.querySelectorAll("p a")].map((link) => link.getAttribute("href"))).toEqual([
      "https://a.example/b",
    ]);
    expect([...place.querySelectorAll(".footnote")].map((note) => note.textContent)).toEqual([
      "1Prices are without tax.",
    ]);
  });

  it("keeps a footnote with more text than the source it links to", async () => {
    const words =
      "This holds for private customers in Europe only, and not for those who came before 2019; see";
    await show(`a[^1]\n\n[^1]: ${words} [Source 1](https://a.example/b).`);
    expect(find(".footnote").textContent).toContain(words);
  });

  it("shows a link's host in its tooltip, and in the text if that names another host", async () => {
    await show(
      "[our prices](https://a.example/b 'Prices') [a.example](https://a.example) [a.example](https://evil.example/)",
    );
    const links = [...place.querySelectorAll("a")];
    expect(links.map((link) => link.getAttribute("title"))).toEqual(["Prices – a.example", null, null]);
    expect(links.map((link) => link.querySelector(".leads-to")?.textContent ?? "")).toEqual([
      "",
      "",
      " (evil.example)",
    ]);
  });

  it("opens links of the same site in the same tab, without an announcement", async () => {
    await show("[terms](https://page.example/terms) [here](https://page.example/now#part)");
    const links = [...place.querySelectorAll("a")];
    expect(
      links.map((link) => [link.getAttribute("target"), link.getAttribute("title"), link.textContent]),
    ).toEqual([
      [null, null, "terms"],
      [null, null, `here ${english.onThisPage}`],
    ]);
  });

  it("loads an image from a host that the owner listed, lazily and without a referrer", async () => {
    const answer = "![a chart](https://cdn.example/a.png) ![b](https://cdn.example.evil.example/b.png)";
    await show(answer, citations, linkTarget, "www.example cdn.example");
    expect([...place.querySelectorAll("img")].map((each) => each.src)).toEqual(["https://cdn.example/a.png"]);
    const picture = find("img");
    expect(picture.getAttribute("alt")).toBe("a chart");
    expect(picture.getAttribute("loading")).toBe("lazy");
    expect(picture.getAttribute("referrerpolicy")).toBe("no-referrer");
    expect(find("a").getAttribute("href")).toBe("https://cdn.example.evil.example/b.png");
    await act(() => {
      picture.dispatchEvent(new Event("error"));
    });
    expect(place.querySelector("img")).toBeNull();
    expect(find("a").getAttribute("href")).toBe("https://cdn.example/a.png");
  });

  it("never nests links: an image within a link is its text, or shown in it", async () => {
    const answer = "[![a chart](https://cdn.example/a.png)](https://a.example/)";
    await show(answer);
    expect(place.querySelector("a a, img")).toBeNull();
    expect(find("a").textContent).toContain("a chart");
    await show(answer, citations, linkTarget, "cdn.example");
    expect(find("a > img").getAttribute("alt")).toBe("a chart");
  });

  it("shows an image's text instead of loading it", async () => {
    await show("![a chart](https://evil.example/?d=secret)");
    expect(place.querySelector("img")).toBeNull();
    expect(find("a").textContent).toContain("a chart");
  });

  it("marks the head cells of a table", async () => {
    await show("| a | b |\n|:-:|--:|\n| c | d |");
    expect(find("th").getAttribute("scope")).toBe("col");
    expect(find("td").className).toBe("align-center");
  });

  it("aligns each cell with its column, also one with the opposite direction", async () => {
    await show("| a | b | c |\n|---|--:|:-:|\n| d | e | f |\n| مرحبا | مرحبا | مرحبا |");
    const cells = [...place.querySelectorAll("td")].map((each) => `${each.dir} ${each.className}`);
    expect(cells).toEqual([
      " ",
      " align-right",
      " align-center",
      "rtl align-right",
      "rtl ",
      "rtl align-center",
    ]);
  });

  it.each([
    [
      "an Arabic answer",
      "مرحبا بكم\n\nHello there\n\n25 €\n\n- Some item\n\n> اقتباس\n\n| Name |\n|-|\n| x |",
      "p:مرحبا p:Hello=ltr p:25 ul:Some=ltr p:Some blockquote:اقتباس p:اقتباس div:Name=ltr",
    ],
    [
      "an English answer",
      "Hello\n\n## مرحبا\n\n1. واحد\n2. two",
      "p:Hello h4:مرحبا=rtl ol:واحد=rtl p:واحد p:two=ltr",
    ],
    [
      "what is quoted",
      "Hello\n\n> اقتباس\n>\n> English\n>\n> 25",
      "p:Hello blockquote:اقتباس=rtl p:اقتباس p:English=ltr p:25",
    ],
    ["what begins with code", "`npx` استخدم\n\n`كود` then English", "p:npx p:كود=ltr"],
  ])("gives each block its own direction: %s", async (_, text, expected) => {
    await show(text);
    const found = [...place.querySelectorAll("p, h4, ul, ol, blockquote, .table")].map((each) => {
      const turn = each.getAttribute("dir");
      const text = document.createTreeWalker(each, NodeFilter.SHOW_TEXT).nextNode();
      return `${each.localName}:${text?.textContent?.split(" ")[0]}${turn ? `=${turn}` : ""}`;
    });
    expect(found.join(" ")).toBe(expected);
    expect([...place.querySelectorAll("code")].every((code) => code.closest("[dir=ltr]"))).toBe(true);
  });

  it("has the direction of its first letter, not of the hidden text before it", async () => {
    const arabic = { ...english, opensInNewTab: "يفتح في علامة تبويب جديدة" };
    await act(() =>
      render(
        <AnswerText
          source="[1] Hello"
          streaming={false}
          citations={citations}
          texts={arabic}
          linkTarget={linkTarget}
        />,
        place,
      ),
    );
    expect(find(".answer-text").textContent).toContain(arabic.opensInNewTab);
    expect(find(".answer-text").getAttribute("dir")).toBe("ltr");
  });

  it("cuts a giant table into parts, each with the head", async () => {
    await show(`| a | b |\n|-|-|\n${"| c | d |\n".repeat(350)}`);
    for (let frame = 0; frame < 4; frame++) await pass(20);
    expect(
      [...place.querySelectorAll("table")].map((table) => table.querySelectorAll("tbody tr").length),
    ).toEqual([300, 50]);
    expect(place.querySelectorAll("thead")).toHaveLength(2);
    expect(place.querySelectorAll(".table")).toHaveLength(1);
  });

  it("shows tasks as disabled checkboxes with a name that does not repeat the item's text", async () => {
    await show("- [x] buy **milk**\n- [ ] rest");
    const boxes = [...place.querySelectorAll("input")];
    expect(boxes.map((box) => [box.disabled, box.checked, box.getAttribute("aria-label")])).toEqual([
      [true, true, "Task"],
      [true, false, "Task"],
    ]);
    expect(find("ul").textContent).toBe("buy milkrest");
  });

  it("adds no handler, style, id or foreign element to the page from any answer", async () => {
    await show(
      [
        '<img src=x onerror="alert(1)"><script>alert(1)</script><svg onload=alert(1)>',
        "[a](javascript:alert(1)) [b](<java\tscript:alert(1)>) [c](data:text/html,x) <javascript:alert(1)>",
        '[d](https://a.example "\\" onmouseover=alert(1)") ![e](vbscript:x)',
        '```"><script>\n</code></pre><script>alert(1)</script>\n```',
        '| <b style="x"> |\n|-|\n| <a id="x" href="javascript:x">y</a> |',
        "# <style>*{display:none}</style> {#id}",
      ].join("\n\n"),
    );
    const allowed = /^(class|href|title|target|rel|dir|role|aria-label|tabindex|scope)$/;
    for (const element of place.querySelectorAll("*")) {
      expect(element.tagName).toMatch(/^(DIV|P|A|SPAN|CODE|PRE|TABLE|THEAD|TBODY|TR|TH|TD|H4)$/);
      for (const name of element.getAttributeNames()) expect(name).toMatch(allowed);
      expect(element.getAttribute("href") ?? "https:").toMatch(/^https:/);
      expect(element.getAttribute("class") ?? "").not.toContain("script");
    }
    expect(place.textContent).toContain("<script>alert(1)</script>");
  });
});

describe("a streaming answer", () => {
  const start = async (first = "") => {
    const text = signal(first);
    const draw = (streaming: boolean) =>
      act(() =>
        render(
          <AnswerText
            source={text}
            streaming={streaming}
            citations={[]}
            texts={english}
            linkTarget={linkTarget}
          />,
          place,
        ),
      );
    await draw(true);
    await pass(300);
    return {
      add: async (piece: string) => {
        text.value += piece;
        await pass(20);
      },
      text,
      end: () => draw(false),
    };
  };

  it("is rendered once a frame, for any number of pieces", async () => {
    const answer = await start("a");
    for (const piece of ["b", "c", "d"]) answer.text.value += piece;
    expect(place.textContent).toBe("a");
    await pass(20);
    expect(place.textContent).toBe("abcd");
  });

  it("is rendered without frames too", async () => {
    vi.stubGlobal("requestAnimationFrame", () => 0);
    const answer = await start("a");
    await answer.add("b");
    expect(place.textContent).toBe("a");
    await pass(300);
    expect(place.textContent).toBe("ab");
    vi.unstubAllGlobals();
  });

  it("keeps every node that a visitor may have selected", async () => {
    const answer = await start("# Head\n\nSome *words*\n\n- one\n- two\n\n| a |\n|-|\n| b |\n\n```js\nlet a");
    const before = [...place.querySelectorAll("h4,p,em,li,td,pre,code")];
    const texts = before.map((element) => element.firstChild);
    await answer.add(" = 1\n```\n\nMore\n\n- three\n\n- four");
    await answer.add("\n\nLast words!");
    await answer.end();
    expect(before.every((element) => element.isConnected)).toBe(true);
    expect(before.map((element) => element.firstChild)).toEqual(texts);
    expect(find("code").textContent).toBe("let a = 1\n");
    expect(place.textContent).toContain("Last words!");
  });

  it("keeps the nodes of a paragraph that becomes so long that it is parsed in runs", async () => {
    const answer = await start("Some *words* in a row, ");
    const before = [...find("p").childNodes];
    await answer.add("and more words ".repeat(230));
    expect([...find("p").childNodes].slice(0, 2)).toEqual(before.slice(0, 2));
    await answer.add("and more words ".repeat(230));
    await answer.end();
    expect(place.querySelectorAll("p").length).toBeGreaterThan(1);
    expect([...find("p").childNodes].slice(0, 3)).toEqual(before);
  });

  it("keeps the items of a tight list when a blank line makes it loose", async () => {
    const answer = await start("- one\n- two\n");
    const paragraphs = [...place.querySelectorAll("li p")];
    expect(find("ul").className).toBe("tight");
    await answer.add("\n- three");
    expect(find("ul").className).toBe("loose");
    expect([...place.querySelectorAll("li p")].slice(0, 2)).toEqual(paragraphs);
  });

  it("keeps an incomplete link's node when its address arrives", async () => {
    const answer = await start("see [the do");
    const link = find("a");
    expect(link.hasAttribute("href")).toBe(false);
    await answer.add("cs](https://a.example)");
    expect(find("a")).toBe(link);
    expect(link.getAttribute("href")).toBe("https://a.example/");
  });

  it("keeps the text before a marker when that arrives and when it becomes a link", async () => {
    const answer = await start("so it is ");
    const words = find("p").firstChild;
    await answer.add("[1] and");
    await answer.end();
    expect(find("p").firstChild).toBe(words);
    expect(find("p").textContent).toBe("so it is [1] and");
  });

  /** As a browser's translator does, with the same words. */
  function translate(element: Element): void {
    const font = document.createElement("font");
    font.textContent = element.textContent;
    element.replaceChildren(font);
  }

  it("is rendered again when another script replaced a growing text", async () => {
    const answer = await start("We bake");
    translate(find("p"));
    await answer.add(" bread");
    expect(find("p").textContent).toBe("We bake bread");
  });

  it("leaves nothing behind when another script replaced a text that is removed", async () => {
    const answer = await start("so it is [9] and");
    const space = [...find("p").childNodes].find((node) => node.textContent === "\u202f");
    const font = document.createElement("font");
    font.textContent = "\u202f";
    space?.parentNode?.replaceChild(font, space);
    await answer.end();
    expect(find("p").textContent).toBe("so it is [9] and");
  });

  it("is complete at its end after any removal by another script", async () => {
    const answer = await start("We bake\n\n- bread\n- rolls [1]");
    find("p").firstChild?.remove();
    for (const item of place.querySelectorAll("li p")) translate(item);
    await answer.end();
    expect(find(".answer-text").textContent).toBe("We bakebreadrolls [1]");
  });

  const textOf = (element: Element, words: string): Text => {
    const found = [...element.childNodes].find((node) => node.textContent === words);
    if (!(found instanceof Text)) throw new Error(`${words} is missing in ${element.innerHTML}`);
    return found;
  };
  function wrap(node: Text | Element): void {
    const mark = document.createElement("mark");
    node.replaceWith(mark);
    mark.append(node);
  }

  it.each([
    ["wrapped a text", () => wrap(textOf(find("p"), "We bake "))],
    ["took an element with its text away", () => find("em").remove()],
    ["wrote other words into a text", () => textOf(find("p"), "We bake ").replaceData(0, 2, "They")],
  ])("is unchanged at its end after another script %s", async (_, meddle) => {
    const answer = await start("We bake *good* bread\n\nEnd");
    meddle();
    await answer.end();
    expect(find("p").textContent).toBe("We bake good bread");
    expect(place.querySelector("mark")).toBeNull();
  });

  it("is rendered again when nothing can be inserted beside a wrapped text", async () => {
    const answer = await start("so it is [1]*and* so");
    wrap(find("em"));
    await answer.end();
    expect(find("p").textContent).toBe("so it is [1]and so");
    expect(place.querySelector("mark")).toBeNull();
  });

  it("is rendered again once, for any number of removed texts", async () => {
    const answer = await start("We *bake* good bread\n\nEnd");
    find("p").replaceChildren();
    const drawn: Node[] = [];
    const watcher = new MutationObserver((seen) =>
      drawn.push(...seen.flatMap(({ addedNodes }) => [...addedNodes])),
    );
    watcher.observe(place, { subtree: true, childList: true });
    await answer.end();
    await pass(100);
    watcher.disconnect();
    expect(drawn.filter((node) => node.textContent === "We bake good bread")).toHaveLength(1);
  });

  it("is complete also when a translator inserts late text from before the end", async () => {
    const answer = await start("We bake bread");
    await answer.end();
    translate(find("p"));
    find("font").textContent = "We bake";
    await pass(2_000);
    expect(find("p").textContent).toBe("We bake bread");
  });

  it("shows a marker without its brackets until the sources are known", async () => {
    const answer = await start("so it is [1] and");
    expect(find("p").textContent).toBe("so it is\u202f1 and");
    await answer.end();
    expect(find("p").textContent).toBe("so it is [1] and");
  });

  it("changes nothing but its markers and code blocks when it ends, however long it is", async () => {
    const answer = await start(
      "so it is [1]\n\nand [this](https://a.example) is **long**\n\n```js\nx\n```\n\nEnd",
    );
    const records: MutationRecord[] = [];
    const watcher = new MutationObserver((seen) => records.push(...seen));
    watcher.observe(place, { subtree: true, childList: true, characterData: true, attributes: true });
    await answer.end();
    records.push(...watcher.takeRecords());
    const places = records.map(({ target }) => (target instanceof Element ? target : target.parentElement));
    expect(places.every((each) => each?.closest("p:has(sup), .code, p:first-child"))).toBe(true);
  });

  it("is parsed again when the text changes otherwise than by growing", async () => {
    const answer = await start("one **two");
    answer.text.value = "three";
    await pass(20);
    expect(place.textContent).toBe("three");
  });

  it("has a copy button on each code block once the answer is complete", async () => {
    await loadExtras();
    const copy = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    const draw = (streaming: boolean) =>
      act(() =>
        render(
          <AnswerText
            source={"```js\nlet a = 1\n```"}
            streaming={streaming}
            citations={[]}
            texts={english}
            linkTarget={linkTarget}
            copy={copy}
          />,
          place,
        ),
      );
    await draw(true);
    expect(place.querySelector("button")).toBeNull();
    await draw(false);
    const button = find("button");
    expect(button.getAttribute("title")).toBe("Copy code");
    await act(async () => {
      button.dispatchEvent(new Event("click", { bubbles: true }));
      await Promise.resolve();
    });
    expect(copy).toHaveBeenCalledExactlyOnceWith("let a = 1\n");
  });

  it("is rendered in steps when much text arrives at once, without losing any", async () => {
    const much = Array.from({ length: 3000 }, (_, at) => `word${at}`).join(" ");
    const answer = await start("a");
    await answer.add(` ${much}`);
    const early = place.textContent.length;
    expect(early).toBeGreaterThan(1000);
    expect(early).toBeLessThan(much.length / 2);
    await answer.end();
    expect(place.textContent.length).toBeLessThan(much.length);
    for (let frame = 0; frame < 10; frame++) await pass(20);
    expect(place.textContent).toBe(`a ${much}`);
  });

  it("divides long answers and long code into pieces whose layout can be skipped", async () => {
    const answer = await start(`${"word\n\n".repeat(40)}\`\`\`\n${"x = 1\n".repeat(1000)}`);
    for (let frame = 0; frame < 4; frame++) await pass(20);
    expect([...place.querySelectorAll(".blocks")].map((group) => group.className)).toEqual([
      "blocks whole",
      "blocks whole",
      "blocks",
    ]);
    const pieces = [...place.querySelectorAll("pre span")];
    expect(pieces.length).toBeGreaterThan(2);
    await answer.add("y = 2\n");
    expect([...place.querySelectorAll("pre span")].slice(0, pieces.length)).toEqual(pieces);
  });
});
