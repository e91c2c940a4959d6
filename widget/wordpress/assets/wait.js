/** Adds the chat's script when what it waits for holds in this browser: the size of the screen, the visitor's consent. */
(function () {
  const own = document.currentScript || document.getElementById("customgpt-widget-wait-js");
  if (!own) return;
  const script = JSON.parse(own.getAttribute("data-script") || "{}");
  const when = JSON.parse(own.getAttribute("data-when") || "{}");
  const size = when.media ? window.matchMedia(when.media) : null;
  let isAdded = false;

  // Without a consent plugin the visitor is not asked, so there is nothing to wait for.
  const hasConsent = () =>
    !when.consent || typeof window.wp_has_consent !== "function" || window.wp_has_consent(when.consent);

  function addWhenReady() {
    if (isAdded || (size && !size.matches) || !hasConsent()) return;
    isAdded = true;
    const tag = document.createElement("script");
    for (const name of Object.keys(script)) tag.setAttribute(name, String(script[name]));
    document.body.append(tag);
  }

  size?.addEventListener("change", addWhenReady);
  document.addEventListener("wp_listen_for_consent_change", addWhenReady);
  document.addEventListener("wp_consent_type_defined", addWhenReady);
  // A consent plugin's own script may come after this one.
  if (document.readyState === "complete") addWhenReady();
  else window.addEventListener("load", addWhenReady);
})();
