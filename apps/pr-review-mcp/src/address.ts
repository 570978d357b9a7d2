/** Where to listen. */
export interface Address {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** Reads `host:port`, the host of IPv6 in brackets; undefined for anything else. */
export function parseAddress(text: string): Address | undefined {
  const found = /^(?:\[([\da-f:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/i.exec(text);
  if (found === null) return undefined;
  const [, ipv6, name = "", digits] = found;
  const port = Number(digits);
  return port > 65_535 ? undefined : { host: ipv6 ?? name, port };
}
