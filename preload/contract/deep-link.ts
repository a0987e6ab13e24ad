/** The scheme of the studio's own links; electron-builder.yml registers the same one with the system. */
export const deepLinkScheme = "anchor-studio";

/** `anchor-studio://join?link=LINK`: opens the studio, which asks its anchor whether to use that room. */
export const joinUrl = (roomLink: string): string =>
  `${deepLinkScheme}://join?link=${encodeURIComponent(roomLink)}`;
