/** Answers with code, in two scripts, with blocks of either direction around it. */

export const codeAnswer = {
  question: "How do I script it? وكيف أبدأ؟",
  answer: `Load the client, then send:

\`\`\`ts
import { open } from "fjord";

// A token never moves more than its limit.
const bank = await open({ token: process.env.TOKEN, retries: 3 });
for (const bill of bills) await bank.send(\`\${bill.id}\`, bill.amount * 1.02);
\`\`\`

\`\`\`sql
select count(*) from transfers where amount > 25.00 -- in euros
\`\`\`

\`\`\`html
<a href="https://fjord.example">Fjord &amp; Co</a>
\`\`\`

| Method | طريقة | Limit |
|:---|:---|---:|
| \`send\` | تحويل فوري | 25,000 € |
| \`plan\` | تحويل مؤجل (حتى 30 يومًا) | none |

يمكنك أيضًا استخدام \`npx fjord\` من سطر الأوامر:

- افتح **الإعدادات**،
- ثم انسخ الرمز.

> And in English again: keep the token to yourself.`,
  citations: [],
};

export const arabicCodeAnswer = {
  question: "كيف أستخدم الواجهة البرمجية؟",
  answer: `ثبّت الأداة أولًا بالأمر \`npm install fjord\`، ثم أرسل:

\`\`\`python
import fjord

# The limit of a token, in euros.
bank = fjord.open(token="…", retries=3)
bank.send("bill-7", 25.50)
\`\`\`

1. افتح **الإعدادات**، ثم انسخ الرمز.
2. The token is shown only once!

| الطريقة | الحد |
|---|---:|
| \`send()\` | 25,000 € |
| \`plan()\` | بلا حد |

> Keep the token to yourself, and renew it every year.

- [x] الرمز منسوخ
- [ ] الحد مضبوط`,
  citations: [],
};
