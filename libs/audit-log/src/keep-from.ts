/**
 * The seq from which a storage of at most `maxRecords` would keep its lines. It lets go of a tenth at a time:
 * each time takes a record of its own.
 */
export function keepFrom(
  count: number,
  last: number,
  { maxRecords }: { readonly maxRecords: number },
): number | undefined {
  if (count <= maxRecords) return undefined;
  return Math.max(1, last - Math.ceil(maxRecords * 0.9) + 1);
}
