import type { CallToolResult, ContentBlock, McpServer } from "@modelcontextprotocol/server";

import { redPixel, silence } from "./media.ts";

const image: ContentBlock = { type: "image", data: redPixel, mimeType: "image/png" };

/** What each tool answers, whatever it is asked. */
const answers: Readonly<Record<string, readonly ContentBlock[]>> = {
  test_simple_text: [{ type: "text", text: "This is a simple text response for testing." }],
  test_image_content: [image],
  test_audio_content: [{ type: "audio", data: silence, mimeType: "audio/wav" }],
  test_embedded_resource: [
    {
      type: "resource",
      resource: {
        uri: "test://embedded-resource",
        mimeType: "text/plain",
        text: "This is an embedded resource content.",
      },
    },
  ],
  test_multiple_content_types: [
    { type: "text", text: "Multiple content types test:" },
    image,
    {
      type: "resource",
      resource: {
        uri: "test://mixed-content-resource",
        mimeType: "application/json",
        text: JSON.stringify({ test: "data", value: 123 }),
      },
    },
  ],
};

/** Adds the tools that answer with one kind of content each, and the one that fails. */
export function addContentTools(server: McpServer): void {
  for (const [name, content] of Object.entries(answers)) {
    const description = `Always answers ${content.map(({ type }) => type).join(", ")}.`;
    server.registerTool(name, { description }, () => ({ content: [...content] }));
  }
  server.registerTool("test_error_handling", { description: "Always fails." }, () => {
    throw new Error("This tool intentionally returns an error for testing");
  });
}

/** The answer that is one text. */
export function text(answer: string): CallToolResult {
  return { content: [{ type: "text", text: answer }] };
}
