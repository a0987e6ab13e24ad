/** The object URL must outlive the start of the download. */
const urlLivesMs = 60_000;

/** Gives a file to the anchor under this name: the runtime asks where to, or puts it among the downloads. */
export const saveFile = (name: string, file: Blob): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), urlLivesMs);
};
