/** The block in the editor: a drawing of the chat, and its two settings. */
(function () {
  const { createElement: el } = window.wp.element;
  const { __ } = window.wp.i18n;
  const { InspectorControls, useBlockProps } = window.wp.blockEditor;
  const { PanelBody, RangeControl, TextControl } = window.wp.components;
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

  window.wp.blocks.registerBlockType("chat-widget-for-customgpt/chat", {
    edit({ attributes, setAttributes }) {
      const settings = el(
        PanelBody,
        { title: __("Chat", "chat-widget-for-customgpt") },
        el(TextControl, {
          label: __("Agent", "chat-widget-for-customgpt"),
          help: __("Empty: the agent of the settings.", "chat-widget-for-customgpt"),
          value: attributes.agent,
          onChange: (agent) => setAttributes({ agent }),
          __nextHasNoMarginBottom: true,
          __next40pxDefaultSize: true,
        }),
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
