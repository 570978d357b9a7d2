const quoted = /^ {0,3}>/;
const fenceMark = /^ {0,3}(`{3,}|~{3,})/;

/** A body without the lines it quotes from others; code that begins with `>` stays. */
export function withoutQuotes(body: string): string {
  if (!/^ {0,3}>/m.test(body)) return body;
  let fence = "";
  const kept = body.split("\n").filter((line) => {
    const mark = fenceMark.exec(line)?.[1];
    if (mark !== undefined && (fence === "" || mark.startsWith(fence))) {
      fence = fence === "" ? mark : "";
      return true;
    }
    return fence !== "" || !quoted.test(line);
  });
  return kept.join("\n").trim();
}
