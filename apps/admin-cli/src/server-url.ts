import { isIPv4 } from "node:net";

import { CliError } from "./errors.ts";

/**
 * The address of the server, without a trailing slash; a path before the API is kept.
 * @throws CliError "usage" unless it is an http(s) address free of credentials, query and fragment.
 */
export function parseServerUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new CliError(
      "usage",
      "The server's address is not an http(s) URL. Pass one such as --url http://127.0.0.1:8080",
    );
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new CliError(
      "usage",
      "The server's address may hold a host, a port and a path only: no user, password, query or fragment.",
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** Whether the address is this machine's, by name or number; no name is looked up. */
export function isLoopback(serverUrl: string): boolean {
  const { hostname } = new URL(serverUrl);
  if (isIPv4(hostname)) return hostname.startsWith("127.");
  return hostname === "localhost" || hostname === "[::1]";
}
