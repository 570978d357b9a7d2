import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/server";

import { redPixel } from "./media.ts";

/** Adds resources of text, of bytes and of a template. */
export function addResources(server: McpServer): void {
  const plain = { description: "Some text.", mimeType: "text/plain" };
  server.registerResource("static-text", "test://static-text", plain, ({ href }) => ({
    contents: [
      {
        uri: href,
        mimeType: "text/plain",
        text: "This is the content of the static text resource.",
      },
    ],
  }));
  server.registerResource("watched-resource", "test://watched-resource", plain, ({ href }) => ({
    contents: [{ uri: href, mimeType: "text/plain", text: "Nothing ever changes here." }],
  }));

  const png = { description: "One red pixel.", mimeType: "image/png" };
  server.registerResource("static-binary", "test://static-binary", png, ({ href }) => ({
    contents: [{ uri: href, mimeType: "image/png", blob: redPixel }],
  }));

  const template = new ResourceTemplate("test://template/{id}/data", { list: undefined });
  const json = { description: "Data of one id.", mimeType: "application/json" };
  server.registerResource("template", template, json, ({ href }, { id }) => ({
    contents: [
      {
        uri: href,
        mimeType: "application/json",
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
      },
    ],
  }));

  // A stateless server takes note of nothing, so that there is nothing to tell a subscriber.
  server.server.setRequestHandler("resources/subscribe", () => ({}));
  server.server.setRequestHandler("resources/unsubscribe", () => ({}));
}
