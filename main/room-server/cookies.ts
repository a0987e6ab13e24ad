/** The value of one cookie of a `Cookie` header (RFC 6265 section 4.2.1). */
export const readCookie = (header: string | undefined, name: string): string | undefined => {
  for (const pair of header?.split(";") ?? []) {
    const [key, ...value] = pair.split("=");
    if (key?.trim() === name) return value.join("=").trim();
  }
  return undefined;
};
