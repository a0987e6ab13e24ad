/** The scheme of the app's own pages; privileged in index.ts, served by app-protocol.ts. */
export const studioScheme = "studio";
const host = "app";

/** The address of a page of ours; pages themselves use relative addresses. */
export const studioUrl = (path: string): string => `${studioScheme}://${host}/${path}`;

/** Node gives no origin for schemes that the URL standard does not know, so its parts are compared. */
export const isStudioPage = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, host: ofUrl } = new URL(url);
  return protocol === `${studioScheme}:` && ofUrl === host;
};
