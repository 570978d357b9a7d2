/** An error GitHub itself would answer, with its `type` and, for some, `extensions`. */
export class GitHubGraphQLError extends Error {
  override readonly name = "GitHubGraphQLError";
  readonly type: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.type = type;
    this.extra = extra;
  }
}

/** The request asks for something GitHub's schema has and the double does not. Add it to the model. */
export class NotModelledError extends Error {
  override readonly name = "NotModelledError";
  readonly code = "not-modelled";

  constructor(what: string) {
    super(`the double does not model ${what}`);
  }
}

/** The error for an organization whose SAML sign-on the token lacks. */
export function signOnMissing(): GitHubGraphQLError {
  return new GitHubGraphQLError("FORBIDDEN", SIGN_ON_MESSAGE, {
    extensions: { saml_failure: true },
  });
}

/** The error for a repository that does not exist or may not be seen; GitHub tells them not apart. */
export function repositoryNotFound(fullName: string): GitHubGraphQLError {
  return new GitHubGraphQLError(
    "NOT_FOUND",
    `Could not resolve to a Repository with the name '${fullName}'.`,
  );
}

/** The error for a node id that names nothing the viewer may see. */
export function nodeNotFound(id: string): GitHubGraphQLError {
  return new GitHubGraphQLError(
    "NOT_FOUND",
    `Could not resolve to a node with the global id of '${id}'`,
  );
}

/** What GitHub says, on both APIs, when SAML sign-on is missing. */
export const SIGN_ON_MESSAGE =
  "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.";
