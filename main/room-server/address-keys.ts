import { createHmac } from "node:crypto";
import { BlockList, isIPv4, isIPv6 } from "node:net";

const here = new BlockList();
here.addSubnet("127.0.0.0", 8, "ipv4");
here.addAddress("::1", "ipv6");

/** The first four groups of an IPv6 address: one household's or one phone's network (RFC 6177). */
const networkOf = (address: string): string => {
  const [head = "", tail] = address.split("%", 1)[0]?.split("::") ?? [];
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
};

/**
 * A keyed hash by which the room recognises a network address without keeping it. Undefined where the address says
 * nothing about who comes: this machine's own, behind which a proxy may stand.
 */
export const createAddressKeys =
  (secret: Uint8Array) =>
  (address: string): string | undefined => {
    const plain =
      address.startsWith("::ffff:") && isIPv4(address.slice(7)) ? address.slice(7) : address;
    const family = isIPv4(plain) ? "ipv4" : "ipv6";
    if (!isIPv4(plain) && !isIPv6(plain)) return undefined;
    if (here.check(plain, family)) return undefined;
    const network = family === "ipv4" ? plain : networkOf(plain);
    return createHmac("sha256", secret).update(`address ${network}`).digest("base64url");
  };
