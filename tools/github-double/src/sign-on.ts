import type { Viewer } from "./model/viewer.ts";

/** The header that tells a client where to get SAML sign-on for its token. */
export function signOnHeader({ token }: Viewer): Readonly<Record<string, string>> {
  if (token?.ssoRequired === undefined) return {};
  const url = `https://github.com/orgs/${token.ssoRequired}/sso?authorization_request=A0000`;
  return { "x-github-sso": `required; url=${url}` };
}
