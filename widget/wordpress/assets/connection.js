/** The button that tests the connection: asks for the agent from this browser, as a visitor's would. */
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

  const ask = (address) =>
    fetch(address, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(10000) });

  async function nameOf(response) {
    const profile = await response.json();
    if (typeof profile.title !== "string" && typeof profile.agent !== "string")
      throw new TypeError("This is no agent's profile.");
    return profile.title || profile.agent;
  }

  async function explain(response) {
    if (response.ok) {
      // translators: %s: the agent's name
      const sentence = __("Connected to “%s”.", "chat-widget-for-customgpt");
      return say(sprintf(sentence, await nameOf(response)), "good");
    }
    if (response.status === 404)
      return say(__("The proxy answers, but knows no such agent.", "chat-widget-for-customgpt"), "bad");
    const sentence = __(
      "The proxy answers with status %s. Its log, or its command for checking, says why.",
      "chat-widget-for-customgpt",
    );
    return say(sprintf(sentence, response.status), "bad");
  }

  async function testProxy() {
    const address = proxy.value.trim().replace(/\/+$/, "");
    if (!/^https?:\/\/[^\s/]+/i.test(address)) {
      say(__("Enter the proxy’s address first.", "chat-widget-for-customgpt"), "bad");
      return proxy.focus();
    }
    say(__("Asking …", "chat-widget-for-customgpt"), "waiting");
    try {
      await explain(await ask(`${address}/v1/agents/${encodeURIComponent(agent.value.trim() || "default")}`));
    } catch {
      const sentence = __(
        "No answer that this page may read. Is the address right, does it have https, and is %s among the proxy’s ALLOWED_ORIGINS?",
        "chat-widget-for-customgpt",
      );
      say(sprintf(sentence, window.location.origin), "bad");
    }
  }

  /** Whether a stream's pieces come when they are written, or all at its end. */
  async function comesInPieces(relay) {
    const response = await ask(`${relay}/healthz${relay.includes("?") ? "&" : "?"}stream=1`);
    if (!response.ok || !response.body) return false;
    const times = [];
    const reader = response.body.getReader();
    while (!(await reader.read()).done) times.push(performance.now());
    return times.length > 1 && (times.at(-1) ?? 0) - (times[0] ?? 0) > 300;
  }

  function wordsFor(status, code) {
    if (code === "agent-unavailable")
      return __("CustomGPT.ai does not accept the key, or has no such agent.", "chat-widget-for-customgpt");
    if (code === "upstream-down" || code === "upstream-busy")
      return __("CustomGPT.ai does not answer this server. Try again later.", "chat-widget-for-customgpt");
    if (code === "too-many")
      return __("Too many tests in a short time. Try again in a minute.", "chat-widget-for-customgpt");
    const sentence = __(
      "Visitors cannot reach this site’s REST API (status %s). A plugin for security may keep them from it.",
      "chat-widget-for-customgpt",
    );
    return sprintf(sentence, status);
  }

  async function testRelay() {
    const { relay, saved } = button.dataset;
    if (saved !== "relay")
      return say(__("Save first: the test asks with what is saved.", "chat-widget-for-customgpt"), "bad");
    if (!relay)
      return say(__("Enter the key, choose an agent and save first.", "chat-widget-for-customgpt"), "bad");
    say(__("Asking …", "chat-widget-for-customgpt"), "waiting");
    try {
      const response = await ask(`${relay}/v1/agents/default`);
      if (!response.ok) {
        const body = await response.json().catch(() => null);
        return say(wordsFor(response.status, body?.problem?.code), "bad");
      }
      const name = await nameOf(response);
      const sentence = (await comesInPieces(relay))
        ? // translators: %s: the agent's name
          __("Connected to “%s”. Answers appear as they are written.", "chat-widget-for-customgpt")
        : // translators: %s: the agent's name
          __(
            "Connected to “%s”. Answers will appear whole: this server holds them back until they have ended.",
            "chat-widget-for-customgpt",
          );
      say(sprintf(sentence, name), "good");
    } catch {
      say(wordsFor(0), "bad");
    }
  }

  const isRelay = () =>
    document.querySelector('input[name="customgpt_widget[connection]"]:checked')?.value === "relay";
  button.addEventListener("click", () => void (isRelay() ? testRelay() : testProxy()));
})();
