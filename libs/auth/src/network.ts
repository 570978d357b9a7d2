import { isIPv4, isIPv6 } from "node:net";

/**
 * What counts as one caller's address: an IPv4 address, or the /64 of an IPv6 address, within which a
 * single machine is free to choose (RFC 4291, section 2.5.1). Whatever is no address shares the name "".
 */
export function networkOf(address: string): string {
  const embedded = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (isIPv4(embedded)) return embedded;
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(":")}::/64` : "";
}

/** The groups without leading zeros; an IPv4 tail stands for two, and no /64 reaches as far as that. */
function groupsOf(address: string): readonly string[] {
  const [head = [], tail = []] = address
    .replace(/\d+\.\d+\.\d+\.\d+/, "0:0")
    .replace(/%.*/, "")
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16).toString(16));
}
