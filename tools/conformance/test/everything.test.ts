import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { expect, it, onTestFinished } from "vitest";

import { serveEverything } from "../serve-everything.ts";

it.each(["auto", "legacy"] as const)("serves the fixture to a client in mode %s", async (mode) => {
  const fixture = await serveEverything();
  onTestFinished(() => fixture.stop());
  const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(fixture.url)));
  onTestFinished(() => client.close());

  const { tools } = await client.listTools();
  expect(tools).toHaveLength(26);
  expect(await client.callTool({ name: "test_simple_text" })).toMatchObject({
    content: [{ type: "text", text: "This is a simple text response for testing." }],
  });
  expect(await client.readResource({ uri: "test://template/7/data" })).toMatchObject({
    contents: [{ text: expect.stringContaining('"id":"7"') }],
  });
  const { messages } = await client.getPrompt({
    name: "test_prompt_with_arguments",
    arguments: { arg1: "a", arg2: "b" },
  });
  expect(messages).toHaveLength(1);
});
