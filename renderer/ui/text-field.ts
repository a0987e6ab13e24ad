const textless = new Set([
  "button",
  "checkbox",
  "color",
  "file",
  "radio",
  "range",
  "reset",
  "submit",
]);

/** Something that is written into: it keeps its keys, its own undo among them. */
export const isTextField = (element: EventTarget | null): element is HTMLElement =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && !textless.has(element.type)) ||
  (element instanceof HTMLElement && element.isContentEditable);
