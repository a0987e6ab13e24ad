/** A picture that main keeps; undefined where it has none. @throws where main cannot be reached */
export const readPicture = async (
  pictureId: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const answer = await fetch(`pictures/${pictureId}`);
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
};
