/** The cells of a table that was printed, row by row. */
export function cells(table: string): readonly (readonly string[])[] {
  const rows = table.split("\n").filter((line) => line.startsWith("│"));
  return rows.map((row) =>
    row
      .split("│")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
