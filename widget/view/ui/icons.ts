/** Icons of the panel, as SVG paths on a 24 px grid. */

export const icons = {
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  stop: "M7.5 7.5h9v9h-9z",
  again: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5",
} as const;
