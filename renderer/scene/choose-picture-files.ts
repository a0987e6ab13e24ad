const types = "image/png,image/jpeg,image/webp,image/gif,image/avif";

/** Opens the system's file dialog; empty where the anchor cancels it. */
export const choosePictureFiles = (options: {
  readonly multiple: boolean;
}): Promise<readonly File[]> =>
  new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = types;
    input.multiple = options.multiple;
    input.addEventListener("change", () => resolve([...(input.files ?? [])]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
