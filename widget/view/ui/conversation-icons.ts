/** Icons of the conversation, as SVG paths on a 24 px grid. */

export const conversationIcons = {
  down: "M12 5v14M5.5 12.5L12 19l6.5-6.5",
  page: "M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5M9 13h6M9 16.5h4",
  copy: "M9 9h11v11H9zM15 5.5V4H4v11h1.5",
  done: "M4.5 12.5l5 5 10-11",
} as const;
