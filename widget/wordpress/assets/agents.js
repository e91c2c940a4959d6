/** The agent's field where this site itself asks: a list of the account's agents, and a new one from the site's pages. */
(function () {
  const { __, sprintf } = window.wp.i18n;
  const api = (path, more) => window.wp.apiFetch({ path: `/customgpt-widget/v1/admin${path}`, ...more });
  const connections = document.querySelectorAll('input[name="customgpt_widget[connection]"]');
  const byId = (id) => document.getElementById(id);
  const isRelay = () => [...connections].some(({ checked, value }) => checked && value === "relay");
  const pollMs = 3000;
  let field = byId("customgpt-widget-relay-project");
  let isListed = false;

  // What is hidden must not keep the form from being sent.
  function follow() {
    const rows = (name) =>
      document.querySelectorAll(`tr[class*="customgpt-widget-${name}-"] :is(input, select)`);
    const own = [...rows("widget-proxy"), ...rows("widget-agent")];
    for (const control of own) control.disabled = isRelay();
    for (const control of rows("relay")) if (control.type === "number") control.disabled = !isRelay();
    if (isRelay() && field?.dataset.hasKey && !isListed) void list();
  }

  function say(place, sentence, kind = "waiting") {
    place.textContent = sentence;
    place.classList.remove("customgpt-widget-test-good", "customgpt-widget-test-bad");
    if (kind !== "waiting") place.classList.add(`customgpt-widget-test-${kind}`);
  }

  /** A server in between may give up while this site still waits for CustomGPT.ai. */
  function wordsOf(error) {
    const isOurs = error?.code?.startsWith("customgpt_") || error?.code?.startsWith("rest_");
    return isOurs
      ? error.message
      : __(
          "This site did not answer in time. What is saved stays as it is. Try again in a minute.",
          "chat-widget-for-customgpt",
        );
  }

  /** Says what went wrong, with a button that tries once more. */
  function sayAndOffer(place, error, again) {
    say(place, `${wordsOf(error)} `, "bad");
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "button-link";
    retry.textContent = __("Try again", "chat-widget-for-customgpt");
    retry.addEventListener("click", () => void again());
    place.append(retry);
  }

  function optionFor(id, name) {
    // translators: 1: an agent's name, 2: its number
    return new Option(sprintf(__("%1$s (%2$s)", "chat-widget-for-customgpt"), name, id), id);
  }

  function choose(agents) {
    const select = document.createElement("select");
    for (const name of ["id", "name", "aria-describedby"])
      select.setAttribute(name, field.getAttribute(name) ?? "");
    select.dataset.hasKey = "1";
    select.append(new Option(__("Choose an agent", "chat-widget-for-customgpt"), ""));
    for (const { id, name } of agents) select.append(optionFor(String(id), name));
    const known = agents.some(({ id }) => String(id) === field.value);
    if (field.value && !known)
      select.append(optionFor(field.value, __("Unknown", "chat-widget-for-customgpt")));
    select.value = field.value;
    field.replaceWith(select);
    field = select;
  }

  async function list() {
    isListed = true;
    const state = byId("customgpt-widget-relay-project-state");
    say(state, __("Asking for your agents …", "chat-widget-for-customgpt"));
    try {
      const agents = await api("/agents");
      choose(agents);
      const none = __("Your account has no agent yet. Make one below.", "chat-widget-for-customgpt");
      say(state, agents.length === 0 ? none : "");
    } catch (error) {
      // The field takes the agent's number meanwhile.
      sayAndOffer(state, error, list);
    }
  }

  const creation = byId("customgpt-widget-creation");
  const button = byId("customgpt-widget-creation-start");
  const result = byId("customgpt-widget-creation-state");

  /** What a plan costs is known before it is used. */
  async function askPlan() {
    say(result, __("Asking what your plan has left …", "chat-widget-for-customgpt"));
    try {
      const { agents, pages } = await api("/plan");
      const isFull = agents[1] > 0 && agents[0] >= agents[1];
      button.disabled = isFull;
      const counts = [...agents, ...pages].map((count) => count.toLocaleString());
      const sentence = isFull
        ? // translators: 1: agents there are, 2: agents there may be, 3: pages there are, 4: pages there may be
          __(
            "Your plan has no room for another agent: %1$s of %2$s agents, %3$s of %4$s pages are used.",
            "chat-widget-for-customgpt",
          )
        : // translators: 1: agents there are, 2: agents there may be, 3: pages there are, 4: pages there may be
          __("Your plan: %1$s of %2$s agents and %3$s of %4$s pages are used.", "chat-widget-for-customgpt");
      say(result, sprintf(sentence, ...counts), isFull ? "bad" : "waiting");
    } catch (error) {
      sayAndOffer(result, error, askPlan);
    }
  }

  /** The agent is there, so a call that fails is made again later. */
  async function untilRead(id) {
    for (;;) {
      const state = await api(`/agents/${id}`).catch((error) => ({ error }));
      if (state.active) return;
      // translators: 1: pages that were read, 2: pages that were found
      const sentence = __(
        "CustomGPT.ai is reading your pages: %1$s of %2$s. You may save meanwhile.",
        "chat-widget-for-customgpt",
      );
      if (state.error) say(result, wordsOf(state.error), "bad");
      else say(result, sprintf(sentence, state.read, state.found));
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  async function create() {
    button.disabled = true;
    say(result, __("Making the agent …", "chat-widget-for-customgpt"));
    try {
      const data = {
        name: byId("customgpt-widget-creation-name").value,
        sitemap: byId("customgpt-widget-creation-sitemap").value,
      };
      const { id } = await api("/agents", { method: "POST", data });
      const known = [...(field.options ?? [])].filter(({ value }) => value !== "");
      const agents = known.map(({ value, text }) => ({ id: value, name: text.replace(/ \(\d+\)$/, "") }));
      choose([{ id, name: data.name }, ...agents]);
      field.value = String(id);
      await untilRead(id);
      say(result, __("The agent is ready. Save to use it.", "chat-widget-for-customgpt"), "good");
    } catch (error) {
      say(result, wordsOf(error), "bad");
      button.disabled = false;
    }
  }

  for (const connection of connections) connection.addEventListener("change", follow);
  creation?.addEventListener("toggle", () => {
    if (creation.open && button.disabled && result.textContent === "") void askPlan();
  });
  button?.addEventListener("click", () => void create());
  follow();
})();
