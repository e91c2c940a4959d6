/** Icons of the actions on a conversation, as SVG paths on a 24 px grid. */

export const actionIcons = {
  edit: "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5",
  /** Mirrored by the style sheet in right-to-left languages. */
  back: "M19 12H5M11.5 5.5L5 12l6.5 6.5",
  earlier: "M12 7.5V12l3 2M4.5 12a7.5 7.5 0 1 1 2.2 5.3L4.5 15M4.5 20v-5h5",
  delete: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  mail: "M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5",
  print: "M7 9V3.5h10V9M7 17H4V9.5h16V17h-3M7 14h10v6.5H7z",
  /** Turned upside down by the style sheet for "bad". */
  good: "M7.5 20.5h-4v-10h4zM7.5 10.5l4-7a2.5 2.5 0 0 1 2.5 2.5v4h4.5a2 2 0 0 1 2 2.4l-1.2 6.5a2 2 0 0 1-2 1.6H7.5",
} as const;
