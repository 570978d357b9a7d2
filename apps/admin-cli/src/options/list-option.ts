/** The words of an option that takes several, separated by commas or blanks. */
export function listOption(text: string | undefined): readonly string[] | undefined {
  return text?.split(/[\s,]+/).filter((word) => word !== "");
}
