import type { Packages } from "../conformance/from-npm.ts";

/** The clients, in the versions that were looked at. */
export const packages = {
  "@modelcontextprotocol/inspector": "2.12.0",
  "mcp-remote": "0.15.1",
  mcporter: "0.12.3",
  supergateway: "4.0.0",
} satisfies Packages;

/** A client by the name of its package. */
export type ClientName = keyof typeof packages;

/** The file that each client is started by, within its package. */
export const entries: Readonly<Record<ClientName, string>> = {
  "@modelcontextprotocol/inspector": "clients/launcher/build/index.js",
  "mcp-remote": "dist/proxy.js",
  mcporter: "dist/cli.js",
  supergateway: "dist/index.js",
};
