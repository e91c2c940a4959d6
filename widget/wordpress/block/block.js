/** The block in the editor: a drawing of the chat, and its two settings. */
(function () {
  const { createElement: el } = window.wp.element;
  const { __ } = window.wp.i18n;
  const { InspectorControls, useBlockProps } = window.wp.blockEditor;
  const { PanelBody, RangeControl, SelectControl, TextControl } = window.wp.components;
  /** Names to choose from; null where any may be entered. */
  const agents = window.customgptWidgetAgents ?? null;
  const part = (name, ...inside) =>
    el("div", { className: `customgpt-widget-preview-${name}`, key: name }, ...inside);

  function drawing(height) {
    const panel = part(
      "panel",
      part(
        "header",
        el("span", { className: "customgpt-widget-preview-avatar" }),
        el("b", null, __("Your agent", "chat-widget-for-customgpt")),
      ),
      part("body", el("p", null, __("How can I help you?", "chat-widget-for-customgpt"))),
      part(
        "input",
        el("span", null, __("Ask a question", "chat-widget-for-customgpt")),
        el("span", { className: "customgpt-widget-preview-send" }),
      ),
    );
    return el(
      "div",
      { className: "customgpt-widget-preview", "data-mode": "inline", style: { height } },
      panel,
    );
  }

  function agentControl(value, onChange) {
    const same = {
      label: __("Agent", "chat-widget-for-customgpt"),
      value,
      onChange,
      __nextHasNoMarginBottom: true,
      __next40pxDefaultSize: true,
    };
    if (agents === null)
      return el(TextControl, {
        ...same,
        help: __("Empty: the agent of the settings.", "chat-widget-for-customgpt"),
      });
    const isKnown = value === "" || agents.includes(value);
    const options = [
      { label: __("The agent of the settings", "chat-widget-for-customgpt"), value: "" },
      ...[...agents, ...(isKnown ? [] : [value])].map((name) => ({ label: name, value: name })),
    ];
    const help = isKnown
      ? __("Others are added in the settings of the chat.", "chat-widget-for-customgpt")
      : __(
          "It is not among the agents in the settings of the chat, so the usual agent answers.",
          "chat-widget-for-customgpt",
        );
    return el(SelectControl, { ...same, options, help });
  }

  window.wp.blocks.registerBlockType("chat-widget-for-customgpt/chat", {
    edit({ attributes, setAttributes }) {
      const settings = el(
        PanelBody,
        { title: __("Chat", "chat-widget-for-customgpt") },
        agentControl(attributes.agent, (agent) => setAttributes({ agent })),
        el(RangeControl, {
          label: __("Height in pixels", "chat-widget-for-customgpt"),
          value: attributes.height,
          min: 320,
          max: 1200,
          onChange: (height) => setAttributes({ height }),
          __nextHasNoMarginBottom: true,
          __next40pxDefaultSize: true,
        }),
      );
      return el("div", useBlockProps(), el(InspectorControls, null, settings), drawing(attributes.height));
    },
    save: () => null,
  });
})();
