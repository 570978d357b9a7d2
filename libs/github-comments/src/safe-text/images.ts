import { judgeDestination } from "./destination.ts";
import type { Edit } from "./edits.ts";
import { guard } from "./links.ts";
import type { LinkSpan } from "./markdown/spans.ts";

/** The edits for an image: `[image: alt (host)]`, or the image itself from one of `hosts`. */
export function imageEdits(
  source: string,
  image: LinkSpan,
  hosts: ReadonlySet<string>,
): readonly Edit[] {
  const { start, close, end } = image;
  const destination = judgeDestination(image.destination, hosts);
  if (destination.kind === "kept") {
    const text = `](${destination.href})`;
    return source.slice(close, end) === text ? [] : [{ start: close, end, text, kind: "images" }];
  }
  const host = destination.kind === "named" ? ` (${destination.label})` : "";
  const tail = `${host}]${guard(source, end)}`;
  if (source.slice(start + 2, close).trim() === "") {
    return [{ start, end, text: `[image${tail}`, kind: "images" }];
  }
  return [
    { start, end: start + 2, text: "[image: ", kind: "images" },
    { start: close, end, text: tail },
  ];
}

/** What stands for an `<img>`: the same forms, with the alternative text made plain. */
export function htmlImage(alt: string, address: string, hosts: ReadonlySet<string>): string {
  const words = alt.replace(/[`<>[\]\\|&\s]+/g, " ").trim();
  const destination = judgeDestination(address, hosts);
  if (destination.kind === "kept") return `![${words}](${destination.href})`;
  const host = destination.kind === "named" && address !== "" ? ` (${destination.label})` : "";
  return words === "" ? `[image${host}]` : `[image: ${words}${host}]`;
}
