export const pictureTypes = "image/png,image/jpeg,image/webp,image/gif,image/avif";

/** Opens the system's file dialog for files of these types (as an input's `accept`); empty where the anchor cancels it. */
export const chooseFiles = (options: {
  readonly types: string;
  readonly multiple: boolean;
}): Promise<readonly File[]> =>
  new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = options.types;
    input.multiple = options.multiple;
    input.addEventListener("change", () => resolve([...(input.files ?? [])]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });

/** Opens the system's dialog for a folder: all files in it, each with its path. Empty where the anchor cancels it. */
export const chooseFolder = (): Promise<readonly File[]> =>
  new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.webkitdirectory = true;
    input.addEventListener("change", () => resolve([...(input.files ?? [])]));
    input.addEventListener("cancel", () => resolve([]));
    input.click();
  });
