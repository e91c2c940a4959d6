/** Questions and answers of the gallery. */
import type { Citation } from "../../proxy/protocol/bodies.ts";

export const picture = "/mark.svg";

function citation(
  id: number,
  title: string,
  url: string | null,
  image: string | null = null,
  description: string | null = null,
): Citation {
  return { id: String(id), title, url, description, image };
}

export const shortAnswer = {
  question: "Can I open an account from abroad?",
  answer: `Yes. If you live in the European Economic Area, you can open an account **entirely online** in about ten minutes [1]. You will need:

- a passport or national identity card,
- an address where we can reach you, and
- a phone with a camera for the video check [2].

Outside the EEA, please [book a call](https://fjord.example/call) first.`,
  citations: [
    citation(
      1,
      "Opening an account",
      "https://fjord.example/accounts/open",
      picture,
      "Who can open an account with us, what you need for it, and how long it takes until you can use your card.",
    ),
    citation(
      2,
      "How we check who you are, step by step, and what to have at hand",
      "https://help.fjord.example/id",
    ),
    citation(3, "General terms and conditions (PDF)", null),
  ],
};

export const longAnswer = {
  question: "How do transfers work, what do they cost, and can I script them?",
  answer: `## Three ways to transfer

Every account can send money in **euros**, in *other currencies*, and at once.

| Transfer | Arrives | Fee | Limit a day |
| :-- | :-- | --: | --: |
| SEPA | next working day | 0.00 € | 50,000 € |
| \`instant\` | in ten seconds | 0.00 € | 10,000 € |
| Worldwide | two to four days | 0.4 %, at least 3.00 € | 25,000 € |

### From the app

1. Choose **Transfer** and scan the bill, or type the account number.
2. Check the name of the payee. We compare it with the account before anything is sent.
3. Confirm with your face or your code.

### From a script

Ask for a token under \`Settings → Developers\`, then:

\`\`\`bash
curl https://api.fjord.example/v2/transfers \\
  --header "authorization: Bearer $TOKEN" \\
  --json '{"to": "DE02 1203 0000 0000 2020 51", "amount": "25.00", "reference": "Rent for the workshop, May"}'
\`\`\`

Or just \`npx fjord transfer\`, which asks for the rest:

\`\`\`
npx fjord transfer --to DE02120300000000202051 --amount 25.00 --reference "Rent for the workshop, May" --when 2027-05-01
\`\`\`

> A token can never move more than the limit you gave it.

More about limits is in [the price list](https://fjord.example/prices) [1] and in the developer guide [2].`,
  citations: [
    citation(1, "Prices and limits", "https://fjord.example/prices", picture),
    citation(2, "Developer guide: transfers", "https://developers.fjord.example/transfers"),
    citation(3, "Instant payments explained", "https://help.fjord.example/instant", picture),
    citation(4, "Sending money worldwide", "https://help.fjord.example/worldwide"),
    citation(5, "Verification of payee", "https://help.fjord.example/payee"),
    citation(6, "Fees in the small print", null),
  ],
};

/** `here` is the page that the gallery stands on. */
export const answerFromHere = (here: string) => ({
  question: "What does an instant transfer cost?",
  answer: `Nothing, up to 10,000 € a day [1]. Beyond that we ask for 0.4 % [2], for private customers[^1].

The rules for businesses are at [fjord.example](https://elsewhere.example/fjord), and in [our terms](${here}).

[^1]: Companies pay as their contract says.`,
  citations: [
    citation(
      1,
      "Prices and limits",
      here,
      picture,
      "What our accounts, cards and transfers cost, and what they can do.",
    ),
    citation(2, "Large transfers", `${here}?page=large`),
    citation(3, "Instant payments explained", "https://help.elsewhere.example/instant"),
    citation(
      4,
      "The small print",
      `${here}#small`,
      null,
      "Everything that our lawyers would like you to have read.",
    ),
  ],
});

/** With an allowed image, another one, and a link with a misleading text. */
export const pictureAnswer = (allowed: string) => ({
  question: "What does the card look like?",
  answer: `It is green, with our mark on it:

![The card: our mark on green](${allowed})

There is also [a picture of the back](https://fjord.example/back), and ![a film about it](https://film.example/a.gif). Order it at [cards.fjord.example](https://cards.example/fjord).`,
  citations: [],
});

export const arabicAnswer = {
  question: "هل يمكنني فتح حساب من الخارج؟",
  answer: `نعم. إذا كنت تقيم في المنطقة الاقتصادية الأوروبية، يمكنك فتح حساب **بالكامل عبر الإنترنت** في نحو عشر دقائق [1]. ستحتاج إلى:

- جواز سفر أو بطاقة هوية وطنية،
- عنوان يمكننا الوصول إليك فيه،
- هاتف مزود بكاميرا للتحقق بالفيديو [2].

اكتب إلينا على \`support@fjord.example\` إن احتجت إلى مساعدة.`,
  citations: [
    citation(
      1,
      "فتح حساب جديد",
      "https://fjord.example/ar/open",
      picture,
      "من يمكنه فتح حساب لدينا، وما الذي يحتاج إليه، وكم يستغرق ذلك.",
    ),
    citation(2, "كيف نتحقق من هويتك", "https://help.fjord.example/ar/id"),
  ],
};

export const germanAnswer = {
  question: "Kann ich aus dem Ausland ein Konto eröffnen?",
  answer: `Ja. Wenn Sie im Europäischen Wirtschaftsraum wohnen, eröffnen Sie Ihr Konto **vollständig online**, in etwa zehn Minuten [1].

Sie brauchen einen Reisepass oder Personalausweis, eine Anschrift und ein Telefon mit Kamera.`,
  citations: [citation(1, "Konto eröffnen", "https://fjord.example/de/konto", picture)],
};

export const starters = [
  "Can I open an account from abroad?",
  "What does an instant transfer cost?",
  "I lost my card. What do I do now, and how long does a new one take to reach me?",
];
