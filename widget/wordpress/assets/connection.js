/** The button that tests the connection: asks the proxy for the agent from this browser, as a visitor's would. */
(function () {
  const { __, sprintf } = window.wp.i18n;
  const button = document.getElementById("customgpt-widget-test");
  const result = document.getElementById("customgpt-widget-test-result");
  const proxy = document.getElementById("customgpt-widget-widget-proxy");
  const agent = document.getElementById("customgpt-widget-widget-agent");
  if (!button || !result || !proxy || !agent) return;

  function say(sentence, kind) {
    result.textContent = sentence;
    result.className = `customgpt-widget-test-${kind}`;
  }

  async function explain(response) {
    if (response.ok) {
      const profile = await response.json();
      if (typeof profile.title !== "string" && typeof profile.agent !== "string")
        throw new TypeError("This is no agent's profile.");
      // translators: %s: the agent's name
      const sentence = __("Connected to “%s”.", "chat-widget-for-customgpt");
      return say(sprintf(sentence, profile.title || profile.agent), "good");
    }
    if (response.status === 404)
      return say(__("The proxy answers, but knows no such agent.", "chat-widget-for-customgpt"), "bad");
    const sentence = __(
      "The proxy answers with status %s. Its log, or its command for checking, says why.",
      "chat-widget-for-customgpt",
    );
    return say(sprintf(sentence, response.status), "bad");
  }

  async function test() {
    const address = proxy.value.trim().replace(/\/+$/, "");
    if (!/^https?:\/\/[^\s/]+/i.test(address)) {
      say(__("Enter the proxy’s address first.", "chat-widget-for-customgpt"), "bad");
      return proxy.focus();
    }
    say(__("Asking …", "chat-widget-for-customgpt"), "waiting");
    try {
      const path = `/v1/agents/${encodeURIComponent(agent.value.trim() || "default")}`;
      const signal = AbortSignal.timeout(10000);
      await explain(await fetch(address + path, { credentials: "omit", cache: "no-store", signal }));
    } catch {
      const sentence = __(
        "No answer that this page may read. Is the address right, does it have https, and is %s among the proxy’s ALLOWED_ORIGINS?",
        "chat-widget-for-customgpt",
      );
      say(sprintf(sentence, window.location.origin), "bad");
    }
  }

  button.addEventListener("click", () => void test());
})();
