/** Features of Preact and its signals that the widget does not use, and that the build leaves out: 1.7 kB of brotli. */

/** @typedef {readonly [place: string, find: RegExp, replacement: string]} PackageChange */

/**
 * Each is part of a function, where a bundler cannot detect that it is unused. The build fails for a release of a
 * package without the code to be left out.
 *
 * @type {readonly PackageChange[]}
 */
export const unusedFeatures = [
  // No component suspends, is hydrated, or has children elsewhere in the page.
  ["/preact/", /128&\w\.__u&&\(.*?\|\|\w\),(?=\(\w=\w\.__b\)&&)/, ""],
  ["/preact/", /if\(\w&&\w\.then\)\{if\(\w\.__u\|=128.*?\}else(?= \w&&\w\.some\(\w\);else)/, ""],
  ["/preact/", /(?<=\.__u&=-161,)\w&&\w\.some\(\w\),/, ""],
  ["/preact/", /!\w&&\(\w=\w\.__c\)&&\(\w=\w\.__z\)&&.*?,(?=\w\|\|\w\(\w\.__e\))/, ""],
  ["/preact/", /\w\.__P&&\(\w=\w,\w=\(\w=\w\.__P\)\.namespaceURI.*?null\),(?=\w=\w\(\w,\w\(\w\)\?)/, ""],
  ["/preact/", /\w\.__P&&\(\w\.__e=null,\w=\w\),/, ""],
  // No class component has the older lifecycle methods, and no context a `Consumer`.
  ["/preact/", /if\(\w!==\w&&\w&&!\w\.getDerivedStateFromProps&&.*?\),(?=\w\.__v==\w\.__v&&)/, "if("],
  ["/preact/", /\w\.componentWillUpdate&&.*?\),(?=\w&&\w\.componentDidUpdate)/, ""],
  ["/preact/", /else \w&&!\w\.getDerivedStateFromProps&&\w\.componentWillMount&&.*?\(\),(?=\w&&)/, "else "],
  ["/preact/", /,\w\.getDerivedStateFromProps&&\(.*?\)\)\)(?=\),\w=\w\.props)/, ""],
  ["/preact/", /,\w&&\w\.__c&&\w\.getSnapshotBeforeUpdate&&\(.*?\)\)(?=,)/, ""],
  [
    "/preact/",
    /\((\w)=\(\w=\w\.constructor\)&&\w\.getDerivedStateFromError\)&&.*?\),(?=\w\.componentDidCatch)/,
    "$1=0,",
  ],
  ["/preact/", /if\(\w\.props\.__P\)return \w;/, ""],
  ["/preact/", /\|\|\w\.props\.__P\?/, "?"],
  ["/preact/", /&&!\w\.props\.__P(?=\))/g, ""],
  ["/preact/", /\(\w\.Consumer=.*?\)\.contextType=/, ""],
  // No element is MathML, a template, or SVG that refers to other SVG.
  ["/preact/", /if\("http:\/\/www\.w3\.org\/2000\/svg"==\w\)\w=\w\.replace.*?;else (?=if)/, ""],
  ["/preact/", /"math"==\w\?\w="http:\/\/www\.w3\.org\/1998\/Math\/MathML":/, ""],
  ["/preact/", /\("foreignObject"==\w\|\|.*?\)&&\(\w="http:\/\/www\.w3\.org\/1999\/xhtml"\),/, ""],
  // No container has elements already when it is first rendered into.
  ["/preact/", /if\(("svg"==\w\?.*?\)),\w\)for\(.*?break\}(?=if\(!\w\))/, "$1;"],
  ["/preact/", /,\w&&\(\w\.__m&&\w\.__m\(\w,\w\),\w=!1\),\w=null/, ""],
  ["/preact/", /if\((\w=)"template"==\w&&\w\.content\|\|(\w),.*?\)for\(.*?\.value;(?=for)/, "$1$2;"],
  ["/preact/", /\(\w&&\(\w\.textContent=""\),(?=\w\(\w,)/, "("],
  ["/preact/", /,\w&&\w\.some\(\w\)\),\w&&"textarea"!=\w\|\|/, "),"],
  ["/preact/", /if\((\w\.length=\w,\w\.__v=null),\w\|\|\w\) \w&&\w\.some\(\w\);else /, "$1;"],
  ["/preact/", /\w\?null:\w\.firstChild\?\w\.call\(\w\.childNodes\):null/, "null"],
  ["/preact/", /return!\w&&\w\.vnode&&\w\.vnode\(\w\),/, "return "],
  ["/preact/", /32&\w\.__u\?\[\w\]:null/, "null"],
  ["/preact/", /,32&\w\.__u,(?=\w\),\w\.__v=)/, ",!1,"],
  ["/preact/", /\w&&"function"!=typeof \w\|\|(?=\$\[\w\]===\w\|\|)/, ""],
  ["/preact/", /\w&&\w\.data==\w\|\|/, ""],
  ["/preact/", /&&!\w\.data\.startsWith\("\$s"\)/, ""],
  ["/preact/", /\((\w)=\w&&32&\w\.__u\)\?null:/, "($1=0)?null:"],
  // No element is a progress bar, is built in and customized, or has these attributes, and no listener comes first.
  ["/preact/", /"progress"==\w&&null==\w\?\w\.removeAttribute\(\w\):/, ""],
  ["/preact/", /&&\("progress"!=\w\|\|\w\)/, ""],
  ["/preact/", /,\w\.is\?\w:\w(?=\))/, ""],
  ["/preact/", /"list"!=\w&&"form"!=\w&&/, ""],
  ["/preact/", /"download"!=\w&&"rowSpan"!=\w&&"colSpan"!=\w&&/, ""],
  ["/preact/", /,\w=\w!=\(\w=\w\.replace\(\w,"\$1"\)\)/, ""],
  // No state is a function or has a callback, and nothing but hooks and signals sets Preact's options.
  ["/preact/", /"function"==typeof (\w)&&\(\1=\1\(\w\(\{\},\w\),this\.props\)\),/, ""],
  ["/preact/", /\w&&this\.__k\.push\(\w\),(?=\w\(this\))/, ""],
  ["/preact/", /\w\.__&&\w\.__\(\w,\w\),(?=9==)/, ""],
  ["/preact/", /\w\.event\?\w\.event\((\w)\):\1/, "$1"],
  ["/preact/hooks/", /\w\.__h&&\w\.__h\(\w,\w,\w\|\|\w\),\w=0;/, ""],
  // No hook makes ids, keeps state of its own (signals do), or is skipped.
  ["/preact/hooks/", /,\w\.__=function\(\w,\w\)\{\w&&\w\.__k&&.*?\}(?=,\w\.__r=)/, ""],
  ["/preact/hooks/", /\w\.__N&&\(\w\.__=\w\.__N\),\w\.u=\w\.__N=void 0/, "n.u=void 0"],
  ["/preact/hooks/", /!\w\.__s&&(?=\w\(\w\.__H,\w\)&&)/g, ""],
  // No signal is a child or an attribute of an element: components read its value.
  ["/@preact/signals/", /function w\(i\)\{.*?(?=b\("__b",)/, ""],
  [
    "/@preact/signals/",
    /if\("string"==typeof \w\.type\)\{var \w,\w=\w\.props;.*?\}\}\}(?=\w\(\w\)\}\);b\("__r")/,
    "",
  ],
  ["/@preact/signals/", /var \w;if\("string"==typeof \w\.type&&\(.*?(?=b\("unmount")/, "i(n)});"],
  ["/@preact/signals/", /if\("string"==typeof \w\.type\)\{var \w=\w\.__e;.*?\}else(?=\{var \w=\w\.__c;)/, ""],
  [
    "/@preact/signals/",
    /\{name:\w\}|,"function"==typeof \w\.type\?\w\.type\.displayName\|\|\w\.type\.name:""/g,
    "",
  ],
  ["/@preact/signals/", /var \w;if\(\w\)null==\(\w=this\.y\)\|\|\w\.call\(this\);/, ""],
  ["/@preact/signals/", /"undefined"!=typeof window&&!!window\.__PREACT_SIGNALS_DEVTOOLS__/, "0"],
  // No signal has callbacks for its first and last reader, and no effect a name, a model, or an end with its block.
  ["/@preact/signals-core/", /var \w=Symbol\.for\("preact-signals"\);/, ""],
  ["/@preact/signals-core/", /\w\.prototype\.brand=\w;/, ""],
  ["/@preact/signals-core/", /this\.name=null==\w\?void 0:\w\.name;if\(\w\)\w\.push\(this\)\}/, "}"],
  [
    "/@preact/signals-core/",
    /var (\w)=(\w),(\w)=(\w);\2=void 0;\4=void 0;try\{return (\w)\(\)\}finally\{\2=\1;\4=\3\}/,
    "var $1=$2;$2=void 0;try{return $5()}finally{$2=$1}",
  ],
  ["/@preact/signals-core/", /,\{name:"sub"\}/, ""],
  ["/@preact/signals-core/", /\w\[Symbol\.dispose\]=\w;(?=return)/, ""],
  ["/@preact/signals-core/", /\w\.prototype\.dispose=function\(\)\{this\.d\(\)\};/, ""],
  [
    "/@preact/signals-core/",
    /this\.W=null==\w\?void 0:\w\.watched;this\.Z=.*?\.unwatched;this\.name=.*?\.name\}/,
    "}",
  ],
  ["/@preact/signals-core/", /else f\(function\(\)\{var \w;null==\(\w=\w\.W\)\|\|\w\.call\(\w\)\}\)/, ""],
  [
    "/@preact/signals-core/",
    /if\(void 0===\w\)f\(function\(\)\{var \w;null==\(\w=\w\.Z\)\|\|\w\.call\(\w\)\}\)/,
    "",
  ],
];
