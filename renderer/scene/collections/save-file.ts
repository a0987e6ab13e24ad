/** The object URL must outlive the start of the download. */
const urlLivesMs = 60_000;

/** Gives bytes to the anchor as a file of this name: the runtime asks where to, or puts it among the downloads. */
export const saveFile = (name: string, bytes: Uint8Array<ArrayBuffer>): void => {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), urlLivesMs);
};
