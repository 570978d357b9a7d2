import { smallIdOf } from "../model/identity.ts";
import type { PullRequest } from "../model/pull-request.ts";
import type { Repository } from "../model/repository.ts";
import type { Seed } from "../seed.ts";
import { type RestContext, RestError } from "./reply.ts";

/** `/repositories/{id}/...`, the form GitHub's own links have, as `/repos/{owner}/{repo}/...`. */
export function canonicalPath(seed: Seed, path: string): string {
  const [, id, rest] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
  if (id === undefined) return path;
  const names = seed.repositories.map(({ owner, name }) => `${owner}/${name}`);
  const found = names.find((name) => String(smallIdOf(name)) === id);
  return found === undefined ? path : `/repos/${found}${rest ?? ""}`;
}

/** The repository of the path. Refuses with 404 what is absent and what may not be read. */
export function repositoryOf({ view, params }: RestContext): Repository {
  const found = view.repository(`${params["owner"] ?? ""}/${params["repo"] ?? ""}`);
  if (found === undefined) throw new RestError(404, "Not Found");
  return found;
}

/** The pull request of the path, by `pull_number` or `issue_number`. Refuses with 404. */
export function pullRequestOf(context: RestContext): PullRequest {
  const { params } = context;
  const number = Number(params["pull_number"] ?? params["issue_number"]);
  const found = repositoryOf(context).findPullRequest(number);
  if (found === undefined) throw new RestError(404, "Not Found");
  return found;
}
