/** SHA-256 as browsers show it of a certificate: pairs of hexadecimal digits. `fingerprint` is base64url. */
export const fingerprintWords = (fingerprint: string): string =>
  Array.from(atob(fingerprint.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase(),
  ).join(":");
