import type { Headers } from "../connection/retry-after.ts";

const required = /^required; url=(\S{1,500})$/i;
const signOnPath = /^\/(?:orgs|enterprises)\/[\w-]+\/(?:saml|sso)(?:\/[\w-]+)*$/;
const tokenPrefix = /gh[a-z]_|github_pat_/i;

/** Whether GitHub wants single sign-on first (GitHub docs: authenticating to the REST API). */
export function requiresSignOn(headers: Headers): boolean {
  return /^required\b/i.test(String(headers["x-github-sso"] ?? ""));
}

/**
 * Where a person can authorise the token, valid for an hour. Only an https address of a sign-on page on
 * that host, without credentials, is believed.
 */
export function signOnUrl(headers: Headers, host: string | undefined): string | undefined {
  const text = required.exec(String(headers["x-github-sso"] ?? ""))?.[1];
  if (text === undefined || !URL.canParse(text) || tokenPrefix.test(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== "https:" || url.host !== host) return undefined;
  if (url.username !== "" || url.password !== "" || url.hash !== "") return undefined;
  return signOnPath.test(url.pathname) ? url.href : undefined;
}
