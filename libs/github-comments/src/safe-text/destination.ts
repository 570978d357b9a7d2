/** What becomes of a link's address: kept as `href`, cut down to a `label`, or dropped. */
export type Destination =
  | { readonly kind: "kept"; readonly href: string }
  | { readonly kind: "named"; readonly label: string }
  | { readonly kind: "dropped" };

const DROPPED: ReadonlySet<string> = new Set(["javascript:", "data:", "vbscript:", "blob:"]);

/** An address that stays must be readable as it stands: no white space, quotes or brackets. */
const PLAIN = /^[\w\-.~/?#@!$&*+,;=:%]{0,2000}$/;

/**
 * Judges an address as it is written in Markdown or HTML. Relative ones are GitHub's. An address
 * on one of `hosts` is kept; of any other only the host is shown (in ASCII, so that no look-alike
 * passes), because the rest can carry words and beacons that no human reader sees.
 */
export function judgeDestination(written: string, hosts: ReadonlySet<string>): Destination {
  const address = written.replace(/\\([!-/:-@[-`{-~])/g, "$1").replaceAll("&amp;", "&");
  if (/&(?:#|\w+;)/.test(address)) return { kind: "named", label: "unclear address" };
  const url = parse(address);
  if (url === undefined) return { kind: "named", label: "unclear address" };
  if (DROPPED.has(url.protocol)) return { kind: "dropped" };
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return { kind: "named", label: url.protocol };
  }
  const trusted = hosts.has(url.host) && url.username === "" && url.password === "";
  return trusted && PLAIN.test(written)
    ? { kind: "kept", href: written }
    : { kind: "named", label: url.host };
}

function parse(address: string): URL | undefined {
  return URL.canParse(address, "https://github.com/")
    ? new URL(address, "https://github.com/")
    : undefined;
}
