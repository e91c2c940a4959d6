/** The tag as every page of the guide, the README and each recipe print it. */

/** Address of a proxy in examples. */
export const exampleProxy = "https://chat.example.com";

/** The widget's script on the proxy. */
export const script = `${exampleProxy}/widget.js`;

export const tag = `<script src="${script}" async></script>`;

/** Makes the tag by hand, in a syntax that every tag manager takes. */
export const tagMaker = `(function () {
  var tag = document.createElement("script");
  tag.src = "${script}";
  tag.async = true;
  tag.setAttribute("data-color", "#7a3cff");
  document.body.appendChild(tag);
})();`;
