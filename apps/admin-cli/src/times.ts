/** A time of the API (ISO 8601) as a table shows it: to the minute, UTC. */
export function shortTime(time: string): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")}Z`;
}
