import { randomBytes } from "node:crypto";

import {
  createRequestStateCodec,
  McpServer,
  type McpServerFactory,
} from "@modelcontextprotocol/server";

import { addAskingTools, type Step } from "./asking-tools.ts";
import { addContentTools } from "./content-tools.ts";
import { addPrompts } from "./prompts.ts";
import { addResources } from "./resources.ts";
import { addSchemaTools } from "./schema-tools.ts";
import { addTalkingTools } from "./talking-tools.ts";

const hint = { ttlMs: 60_000, cacheScope: "public" } as const;

/** Makes servers that have everything the official conformance suite asks for, and no more. */
export function everythingFactory(): McpServerFactory {
  const states = createRequestStateCodec<Step>({ key: randomBytes(32) });
  return () => {
    const server = new McpServer(
      { name: "everything", version: "1.0.0" },
      {
        capabilities: {
          tools: { listChanged: false },
          prompts: { listChanged: false },
          resources: { listChanged: false, subscribe: true },
          completions: {},
          logging: {},
        },
        requestState: { verify: (state, context) => states.verify(state, context) },
        cacheHints: {
          "tools/list": hint,
          "prompts/list": hint,
          "resources/list": hint,
          "resources/templates/list": hint,
          "resources/read": hint,
          "server/discover": hint,
        },
      },
    );
    addContentTools(server);
    addTalkingTools(server);
    addSchemaTools(server);
    addAskingTools(server, states);
    addResources(server);
    addPrompts(server);
    return server;
  };
}
