import type { Visit } from "../github.ts";
import type { Quota } from "../quotas.ts";

/** Body of `GET /rate_limit`: both buckets of the viewer. */
export function rateLimitBody({ state, view, limit }: Visit): Record<string, unknown> {
  const core = state.quotas.state(view.viewer.key, "core", limit);
  const graphql = state.quotas.state(view.viewer.key, "graphql", limit);
  const search: Quota = { limit: 30, used: 0, remaining: 30, reset: core.reset };
  return { resources: { core, search, graphql }, rate: core };
}

/** Body of `GET /meta`; Enterprise Server tells its version here. */
export function metaBody({ state }: Visit): Record<string, unknown> {
  const isEnterprise = state.restUrl.endsWith("/api/v3");
  return {
    verifiable_password_authentication: false,
    ...(isEnterprise ? { installed_version: "3.19.0" } : {}),
  };
}
