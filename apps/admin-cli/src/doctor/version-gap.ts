/** How the version of a server compares: fixes do not count, as they change no form. */
export function versionGap(server: string, own: string): "same" | "older" | "newer" | "unknown" {
  const [theirs, ours] = [parts(server), parts(own)];
  if (theirs === undefined || ours === undefined) return "unknown";
  const gap = theirs.major - ours.major || theirs.minor - ours.minor;
  if (gap === 0) return "same";
  return gap < 0 ? "older" : "newer";
}

/** Whether a version, such as 7.0.15, is at least `major.minor`; undefined when it is no version. */
export function isAtLeast(version: string, major: number, minor: number): boolean | undefined {
  const found = parts(version);
  if (found === undefined) return undefined;
  return found.major > major || (found.major === major && found.minor >= minor);
}

function parts(version: string): { readonly major: number; readonly minor: number } | undefined {
  const found = /^v?(\d{1,6})\.(\d{1,6})(?!\d)/.exec(version);
  if (found === null) return undefined;
  return { major: Number(found[1]), minor: Number(found[2]) };
}
