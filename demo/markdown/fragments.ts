/** Bits of what agents write, of which any answer may be put together. For tests only. */

const within = [
  "word \nand more \nC# \n$5 \nAT&T \n&amp; \n&copy;x \nx < y \na_b_c \n5 * 3 \n2*3*4 \n... \n! \n- \n-- \n^2 \n#tag \n@me ",
  ':-) \nf(x)[0] \n{a} \n"q" \n\'s \n~5 \n1. \n1) \n\\* \n\\\\ \n😀 \n日本**語**。\n[sic] \n(see **x**) \n<br> \n<b>t</b> ',
  "**bold** \n*em* \n`code` \n~~gone~~ \n__b__ \n_i_ \n***both*** \n**a *b* c** \n*a **b** c* \n``a`b`` \n| \na|b ",
  "https://a.example/x_y. \nwww.a.example/b, \nme@a.example \n<https://a.example> \n[1] \n[2][3] \n[^1] \n[x](/y) ",
  "[link](https://a.example/b) \n![p](https://a.example/p.png) \n[[1]](https://a.example) \n[**b**](https://b.example) ",
  '[a link](https://a.example "T") \n**[b](https://b.example)** ',
].flatMap((line) => line.split("\n"));

const between = [
  ..."\n,\n\n,\n- ,\n  - ,\n1. ,\n2. ,\n> ,\n# ,\n### ,\n- [ ] ,\n- [x] ,\n---\n,\n***\n,\n===\n,  \n,\n    code\n".split(
    ",",
  ),
  "\n```js\n",
  "\n```\n",
  "\n| a | b |\n|---|---|\n| c | d |\n",
  "\nh | i\n- | -\nj | k\n",
  "\n[^1]: note ",
];

/** Ends of lines are as likely as words. */
export const fragments: readonly string[] = [...within, ...between, ...between];
