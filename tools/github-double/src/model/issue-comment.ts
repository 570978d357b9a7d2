import type { SeedIssueComment } from "../seed.ts";
import { Remark } from "./remark.ts";

/** A comment of the conversation, outside the diff. */
export class IssueComment extends Remark<SeedIssueComment> {
  readonly __typename = "IssueComment";
  protected readonly anchor = "issuecomment-";

  get body(): string {
    return this.seed.body;
  }
}
