import type { Canary } from "./secrets.ts";

/** So many characters in a row of a secret are a leak. */
const telling = 12;
/** What tells the kind of a secret, or whose it is: no part of what must be kept. */
const publicPart =
  /^(?:mcp_1[0-9A-Za-z]{10}|mcp_|1[0-9A-Za-z]{10}(?=[0-9A-Za-z]{38}$)|gh[ps]_(?:\d+_)?|github_pat_)/;

/**
 * Where texts hold 12 characters in a row of any canary, be it as it is, in hex, in base64, or escaped
 * for a URL: a line for each text and canary, with the place.
 */
export function findCanaries(
  texts: readonly string[],
  canaries: readonly Canary[],
): readonly string[] {
  const owners = new Map(
    canaries.flatMap(({ name, value }) => piecesOf(value).map((piece) => [piece, name] as const)),
  );
  return texts.flatMap((text) => {
    const found = new Map<string, number>();
    for (let at = 0; at + telling <= text.length; at += 1) {
      const owner = owners.get(text.slice(at, at + telling));
      if (owner !== undefined && !found.has(owner)) found.set(owner, at);
    }
    return [...found].map(([name, at]) => `${name}: ${text.slice(Math.max(0, at - 120), at + 60)}`);
  });
}

function piecesOf(value: string): readonly string[] {
  const hidden = value.replace(publicPart, "");
  return [...formsOf(hidden)].flatMap((form) =>
    Array.from({ length: Math.max(0, form.length - telling + 1) }, (_, at) =>
      form.slice(at, at + telling),
    ),
  );
}

/** Everything a program may make of a secret without meaning to hide it. */
function formsOf(hidden: string): readonly string[] {
  const bytes = Buffer.from(hidden);
  const decoded = Buffer.from(hidden, "base64");
  // Its base64 depends on how many bytes stand before it.
  const within = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .slice(4, -4),
  );
  return [
    hidden,
    hidden.toLowerCase(),
    encodeURIComponent(hidden),
    bytes.toString("hex"),
    ...within,
    decoded.toString("hex"),
    decoded.toString("base64url"),
    decoded.toString("latin1"),
  ];
}
