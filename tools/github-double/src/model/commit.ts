import { nodeIdOf } from "./identity.ts";
import type { Repository } from "./repository.ts";

/** A commit, of which the double knows the name only. */
export class Commit {
  readonly __typename = "Commit";
  readonly oid: string;
  readonly repository: Repository;

  constructor(repository: Repository, oid: string) {
    this.repository = repository;
    this.oid = oid;
  }

  get id(): string {
    return nodeIdOf("C", this.oid);
  }

  get abbreviatedOid(): string {
    return this.oid.slice(0, 7);
  }

  get url(): string {
    return `${this.repository.url}/commit/${this.oid}`;
  }
}
