/** Answers as agents write them, long and of every kind. For tests only. */
import type { Citation } from "../../proxy/protocol/bodies.ts";

const source = (id: string, title: string): Citation => ({
  id,
  title,
  url: `https://docs.example.com/${id}`,
  description: null,
  image: null,
});

/** What the markers in these answers point to; the first one has no address. */
export const sources: readonly Citation[] = [
  { ...source("1", "Price list"), url: null },
  source("2", "Delivery"),
  source("3", "Warranty"),
];

export const longAnswers: Readonly<Record<string, string>> = {
  "a comparison": `## Which plan fits?

You are on **Basic** today[1]. Here is how the *three* plans compare:

| Plan | Price per month | Seats | Notes |
| :--- | ---: | :---: | --- |
| Basic | $9.90 | 1 | no \`API\` access |
| **Team** | $29 | 5–20 | [what it holds](https://www.example.com/team?ref=chat&x=1 "Team plan") |
| Business | from $99 | 50+ | SSO \\| SCIM, see [2] |

### What I would do

1. **Stay** on Basic if you write fewer than ~200 answers a month, or ~5 a day.
2. Take *Team* when:
   - more than one person answers,
   - you need the [API](https://docs.example.com/api_v2/start_here), or
     - webhooks (\`POST /v1/hooks\`)
     - signed events [3]
   - you want **24/7 help**
3. Else write to sales@example.com or call [+49 30 123456](tel:+4930123456).

> **Note:** prices are _without_ tax.
> They hold until 31 December [1][2].

Cheaper by 2 * 3 months = 6, that is a_b and not a*b. ~~It was $39 once.~~
`,

  "steps with code": `To set it up (about 10 minutes):

1. Install it:

   \`\`\`bash
   npm install --save customgpt-widget   # or: pnpm add
   export KEY="***"
   \`\`\`

2. Add the tag before \`</body>\`:

   \`\`\`html
   <script src="https://chat.example.com/widget.js" async></script>
   \`\`\`

   - Not in \`<head>\`: see **"Loading"** below.
   - With a policy, allow \`script-src\` *and* \`connect-src\`.

3. Call it:

~~~js
// asks a question, **not** bold
CustomGPTWidget("ask", \`What does it cost?\`);
const list = [1, 2, 3].map((n) => n * 2);

if (list[0] < 3 && list.length > 1) console.log("a | b");
~~~

    indented = code(*not*, _emphasis_)

Loading
-------

Use \`\`a \`tick\` in code\`\`, then press \`Ctrl\`+\`C\`. Files like C:\\Users\\me or snake_case_name.md stay as they are.\\
A new line; <br> another. Is 3 < 5 & 7 > 2? Yes! &copy; 2026, AT&amp;T, R&D.

- [x] key created
- [ ] tag added
  - [ ] on the **home page**
  - [x] on \`/help\`
- [ ] tested

***

That's it!`,

  "footnotes and references": `The warranty lasts **two years**[^1], in some countries three[^law]. It is told in [the terms][terms] and [here][].

What it covers:

* the device itself,
* the battery[^2] (80 % of its capacity),
* *not*: scratches, water, "acts of god" [3].

Visit https://www.example.com/warranty_(eu)?lang=en#claims, or www.example.com/help. ![A device](https://img.example.com/device.png "The device")

[^1]: From the day of purchase, as *the law* says.
[^law]: Norway and Iceland; see <https://law.example.org/eea>.

    And Switzerland, by our choice.
[^2]: Delivery

[terms]: https://www.example.com/terms "Terms of sale"
[here]: <https://www.example.com/here>
`,

  "many languages": `# お支払い方法 💳

**「クレジットカード」**または*銀行振込*をご利用いただけます[2]。詳しくは[こちら](https://example.jp/支払い)をご覧ください。请看https://example.cn/帮助。谢谢！

العربية: يمكنك **الدفع** عند الاستلام، راجع [الشروط](https://example.com/ar/terms) أو \`PAY-01\`.

- עברית: *תשלום* ב-**₪120** [1]
- हिन्दी: भुगतान **ऑनलाइन** करें
- ไทย: ชำระเงินผ่าน \`PromptPay\`
- Ελληνικά, русский **текст**, Türkçe: _İade_ 14 gün

| 国 | 通貨 | 👍🏽 |
|---|:-:|--:|
| 日本 🇯🇵 | 円 | ¥1,000 |
| 한국 | **원** | ₩9,900 |

👩‍👩‍👧‍👦 Families pay *half*: **½ price** — “really”… ¿Seguro? ¡Sí! L’été, c’est **déjà** là. 5 € × 3 = 15 €.
`,

  "untidy words": `Hi there!!! I'd say: *it depends*... (**but** see [below](#below)).
Here are [some options] for [Your Name], from $5-$10 or 5%-10% / year [sic]:
- option A -- **cheap** & cheerful
- option B: *great*, _"but"_ **not *that* cheap**
+ another list
1) first
2) second
   with more words
and a lazy line

Q: Is \`x = y * 2\` faster than \`x = y << 1\`?
A: **No.** See #42, @someone, f(x) = x^2 + 2*x + 1 and array[0][1]; 10:30-11:00.
Don't write ***everything*** in __bold__. E = mc^2 ~ 9e16. {curly} <angle> "quoted" 'single' a/b c\\d
Head | Tail
--- | ---
1 * 2 | 3_4_5
\\*literal stars\\* | \`a\\|b\`

***Important:*** line one  
line two with two spaces before the break
===
not a heading? Yes it is.

The end :-) *`,
};
