const labels: ReadonlyMap<string, string> = new Map([
  ["actions", "Actions"],
  ["administration", "Administration"],
  ["checks", "Checks"],
  ["contents", "Contents"],
  ["issues", "Issues"],
  ["members", "Members"],
  ["metadata", "Metadata"],
  ["pull_requests", "Pull requests"],
  ["statuses", "Commit statuses"],
]);

/**
 * The permissions of `x-accepted-github-permissions` as GitHub's settings call them, of the first set
 * all of whose names are known. Sets are divided by semicolons, any one of them is enough.
 */
export function acceptedPermissions(header: string): string | undefined {
  const sets = header.split(";").map((set) => set.split(",").map(labelOf));
  const known = sets.find((set) => set.every((label) => label !== undefined));
  return known?.join(" and ");
}

/** What a refused GraphQL operation needs; without its name, what each of ours needs. */
export function neededFor(operation: string | undefined): string {
  if (operation === undefined) {
    return "Pull requests: read (to reply: write; to resolve: also Contents: write)";
  }
  if (/resolve/i.test(operation)) return "Pull requests: write and Contents: write";
  return /^(?:add|submit|update|delete)/.test(operation)
    ? "Pull requests: write"
    : "Pull requests: read";
}

function labelOf(permission: string): string | undefined {
  const [, name = "", level] = /^\s*(\w+)=(read|write|admin)\s*$/.exec(permission) ?? [];
  const label = labels.get(name);
  return label === undefined ? undefined : `${label}: ${level}`;
}
