/** Short replies to messages that are no questions. */

const sayings: readonly { pattern: RegExp; answer: string }[] = [
  {
    pattern:
      /^(hi+|hello|hey+|hallo|moin|servus|hola|bonjour|ciao|good (morning|afternoon|evening|day)|greetings)( (there|all|everyone|team|you))?$/,
    answer: "Hello! What would you like to know?",
  },
  {
    pattern:
      /^(ok |okay |great |perfect |cool |super )?(thanks|thank you|thx|ty|danke|merci|gracias|cheers)( you)?( (so|very) much| a lot| a million)?$/,
    answer: "You're welcome! Ask away if anything else comes up.",
  },
  {
    pattern: /^(bye|goodbye|good bye|see you|see ya|ciao ciao|good night|tschüss)( then| later)?$/,
    answer: "Goodbye, and come back any time.",
  },
  {
    pattern: /^(how are you|how s it going|how is it going|what s up)( doing)?( today)?$/,
    answer: "Very well, thank you. What would you like to know?",
  },
  {
    pattern: /^(ok|okay|great|perfect|cool|super|nice|got it|i see|alright|good)$/,
    answer: "Good. Is there anything else you would like to know?",
  },
];

/** The answer to a greeting, thanks or goodbye; undefined for everything else. */
export function smallTalk(prompt: string): string | undefined {
  const normalized = prompt
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return sayings.find((saying) => saying.pattern.test(normalized))?.answer;
}
