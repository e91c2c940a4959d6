/** Emphasis, strikethrough and addresses beside letters of every script, where the specifications speak of English. */
import { describe, expect, it } from "vitest";
import { parseMarkdown } from "./parser.ts";
import { toHtml } from "./testing/html.ts";

const html = (markdown: string) => toHtml(parseMarkdown(markdown)).replace(/^<p>|<\/p>$/g, "");

describe("emphasis with punctuation inside and a letter beside it", () => {
  it.each([
    ["**提示：**API 密钥", "<strong>提示：</strong>API 密钥"],
    ["**注意：**请注意", "<strong>注意：</strong>请注意"],
    ["**提示:**API", "<strong>提示:</strong>API"],
    ["价格**（含税）**USD 12", "价格<strong>（含税）</strong>USD 12"],
    ["价格**(含税)**USD 12", "价格<strong>(含税)</strong>USD 12"],
    ["Version**（2.0）**を使う。", "Version<strong>（2.0）</strong>を使う。"],
    ["Use**【必填】**field", "Use<strong>【必填】</strong>field"],
    ["读**《红楼梦》**and", "读<strong>《红楼梦》</strong>and"],
    ["他说**“你好”**OK", "他说<strong>“你好”</strong>OK"],
    ["API**“引用”**OK", "API<strong>“引用”</strong>OK"],
    ["**等等……**etc", "<strong>等等……</strong>etc"],
    ["**价格—**USD", "<strong>价格—</strong>USD"],
    ["**重要❗️**API", "<strong>重要❗️</strong>API"],
    ["*斜体。*Text", "<em>斜体。</em>Text"],
    ["***提示：***API", "<em><strong>提示：</strong></em>API"],
    ["~~删除。~~Text", "<del>删除。</del>Text"],
    ["**甲**、**乙**。**丙**", "<strong>甲</strong>、<strong>乙</strong>。<strong>丙</strong>"],
    ["**甲“*乙*”丙**丁", "<strong>甲“<em>乙</em>”丙</strong>丁"],
    ['**"인용"**은', "<strong>&#34;인용&#34;</strong>은"],
    ["**(주)**Samsung", "<strong>(주)</strong>Samsung"],
    ['**"คำ"**และ', "<strong>&#34;คำ&#34;</strong>และ"],
    ["**ملاحظة:**النص", "<strong>ملاحظة:</strong>النص"],
    ["**لماذا؟**API", "<strong>لماذا؟</strong>API"],
    ['ה**"מילה"**שלו', "ה<strong>&#34;מילה&#34;</strong>שלו"],
    ["**नोट।**API", "<strong>नोट।</strong>API"],
  ])("is read in %j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it.each(["**Note:**text", 'a*"foo"*', "**Внимание:**текст", "**Σημείωση:**κείμενο"])(
    "is as CommonMark says in %j",
    (markdown) => {
      expect(html(markdown)).not.toMatch(/<(?:strong|em)>/);
    },
  );

  it("leaves underscores their rule", () => {
    expect(html("（_斜体_）")).toBe("（<em>斜体</em>）");
    expect(html("_提示：_API 강조_문자_강조")).toBe("_提示：_API 강조_문자_강조");
  });
});

describe("a single tilde", () => {
  it.each([
    "納期は3~5日、遠方は7~10日です。",
    "약 3~5일, 최대 7~10일 걸립니다.",
    "营业时间9:00~18:00，周末10:00~16:00。",
    "Rates 10~20% and 30~40% apply.",
    "価格は100円~200円、送料は300円~400円です。",
    "1~2, 3~4",
    "v1.0~v2.0 and v3.0~v4.0",
    "H~2~O and CO~2~ levels",
    "喵呜~你好呀~",
    "~/path ~/other",
    "（~5日）和（~7日）",
    "你好~ 再见~",
  ])("strikes nothing out in %j", (text) => {
    expect(html(text)).toBe(text);
  });

  it("strikes out whole words", () => {
    expect(html("~there~, ~~old~~ new，~旧~")).toBe("<del>there</del>, <del>old</del> new，<del>旧</del>");
    expect(html("10~~20~~30")).toBe("10<del>20</del>30");
  });
});

describe("an address in a sentence", () => {
  const ends = "。 、 」 ） ！ ： ～ ，然后 、c 」x ، ؛ ؟ ۔ । ॥ … …… ” ”吧 » › — –  👍 ❤️ ™ \u200f، \u202c";
  it.each(ends.split(" "))("ends before %j", (end) => {
    const address = "https://a.example/b";
    expect(html(`请看${address}${end}`)).toBe(`请看<a href="${address}">${address}</a>${end}`);
  });

  it.each([
    ["https://a.example/b", "了解更多"],
    ["https://a.example/路/b", "路"],
    ["https://www.example.com", "了解更多"],
    ["https://example.com", "에서 확인"],
    ["https://example.com/b", "를 참고"],
    ["https://example.com/", "をご覧ください"],
    ["https://example.com/", "にて"],
    ["https://a.example/b", "ได้ที่นี่"],
  ])("ends where %s is followed by %s", (address, after) => {
    const [, text = ""] = /^<a href="[^"]*">([^<]*)<\/a>/.exec(html(address + after)) ?? [];
    expect(text).toBe(address);
  });

  it.each([
    "https://zh.wikipedia.org/wiki/北京",
    "https://ja.wikipedia.org/wiki/レオナルド・ダ・ヴィンチ",
    "https://example.com/佐々木/使い方",
    "https://example.com/?q=ひらがな",
    "https://ko.wikipedia.org/wiki/서울",
    "https://he.wikipedia.org/wiki/צה״ל",
    "https://ar.wikipedia.org/wiki/القاهرة",
    "https://fa.wikipedia.org/wiki/می\u200cشود",
    "https://hi.wikipedia.org/wiki/दिल्ली",
    "https://例え.テスト/パス",
    "https://www.中文.com",
    "https://en.wikipedia.org/wiki/Michelson–Morley",
  ])("holds all of %s", (address) => {
    expect(html(`${address} x`)).toMatch(
      new RegExp(`^<a href="[^"]+">${address.replace("?", "\\?")}</a> x$`),
    );
  });

  it("in bold, brackets and quotation marks is a link to itself", () => {
    const link = '<a href="https://a.example/b">https://a.example/b</a>';
    expect(html("**https://a.example/b**了解")).toBe(`<strong>${link}</strong>了解`);
    expect(html("（https://a.example/b）“https://a.example/b”吧")).toBe(`（${link}）“${link}”吧`);
  });

  it("of mail ends at any letter or sign that mail has none of", () => {
    expect(html("请写信给foo@bar.example谢谢。")).toBe(
      '请写信给<a href="mailto:foo@bar.example">foo@bar.example</a>谢谢。',
    );
  });
});
