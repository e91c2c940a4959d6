/** Makes the drawing of the chat follow what is entered in the settings. */
(function () {
  const preview = document.getElementById("customgpt-widget-preview");
  const form = document.querySelector(".customgpt-widget-settings form");
  if (!preview || !form) return;
  const panel = preview.querySelector(".customgpt-widget-preview-panel");
  const accented = preview.querySelectorAll(
    ".customgpt-widget-preview-send, .customgpt-widget-preview-avatar, .customgpt-widget-preview-launcher",
  );
  const usual = new Map();

  const field = (name) => document.getElementById(`customgpt-widget-widget-${name}`);
  const value = (name) => field(name)?.value.trim() ?? "";

  function starters() {
    const text = value("starters");
    if (!text.startsWith("{")) return text.split("\n").filter((line) => line.trim() !== "");
    try {
      return Object.values(JSON.parse(text)).flat().map(String);
    } catch {
      return [];
    }
  }

  function draw() {
    for (const part of preview.querySelectorAll("[data-text]")) {
      if (!usual.has(part)) usual.set(part, part.textContent);
      part.textContent = value(part.dataset.text) || usual.get(part);
    }
    const list = preview.querySelector("[data-lines]");
    const chips = starters().slice(0, 3);
    list.replaceChildren(
      ...chips.map((text) => Object.assign(document.createElement("span"), { textContent: text })),
    );
    const color = value("color");
    for (const part of accented)
      part.style.backgroundColor = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color) ? color : "";
    const isDark =
      value("theme") === "dark" ||
      (value("theme") === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    panel.classList.toggle("is-dark", isDark);
    preview.dataset.mode = value("mode");
    preview.dataset.position = value("position");
  }

  form.addEventListener("input", draw);
  form.addEventListener("change", draw);
  draw();
})();
