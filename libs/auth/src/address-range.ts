import { isIPv4, isIPv6, SocketAddress } from "node:net";

/** An address of one family; an IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2) is one of IPv4. */
export interface IpAddress {
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
}

/** All addresses that share so many leading bits with one of them. */
export interface AddressRange extends IpAddress {
  readonly prefix: number;
}

const mapped = /^::ffff:(?=\d+\.)/;
/** The leading bits of an IPv4-mapped address that are no part of the IPv4 address. */
const mappedBits = 96;

/** Reads an IPv4 or IPv6 address, the latter in any of its spellings; `undefined` for any other text. */
export function parseAddress(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { address: text, family: "ipv4" };
  if (!isIPv6(text)) return undefined;
  const { address } = new SocketAddress({ address: text.replace(/%.*$/, ""), family: "ipv6" });
  const embedded = address.replace(mapped, "");
  if (isIPv4(embedded)) return { address: embedded, family: "ipv4" };
  return { address, family: "ipv6" };
}

/** Reads an address or a range in CIDR notation (RFC 4632, RFC 4291); `undefined` for any other text. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [, base = "", bits] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const parsed = parseAddress(base);
  if (parsed === undefined) return undefined;
  const written = Number(bits ?? (isIPv4(base) ? 32 : 128));
  if (written > (isIPv4(base) ? 32 : 128)) return undefined;
  if (parsed.family === "ipv6" || isIPv4(base)) return { ...parsed, prefix: written };
  // A shorter prefix of a mapped address takes in others than mapped ones: which, nobody can have meant.
  return written < mappedBits ? undefined : { ...parsed, prefix: written - mappedBits };
}

/** Whether a text is an IPv4 or IPv6 address, or a range such as `10.0.0.0/8` or `2001:db8::/32`. */
export function isAddressRange(text: string): boolean {
  return parseAddressRange(text) !== undefined;
}
