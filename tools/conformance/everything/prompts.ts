import {
  completable,
  type ContentBlock,
  type GetPromptResult,
  inputRequired,
  inputResponse,
  type McpServer,
} from "@modelcontextprotocol/server";
import { z } from "zod";

import { redPixel } from "./media.ts";
import { elicitation } from "./questions.ts";

const cities = ["paris", "park", "party"];

/** Adds a prompt of each kind; the arguments of one can be completed. */
export function addPrompts(server: McpServer): void {
  const description = "A prompt for tests.";
  server.registerPrompt("test_simple_prompt", { description }, () =>
    saying("This is a simple prompt for testing."),
  );
  server.registerPrompt(
    "test_prompt_with_arguments",
    {
      description,
      argsSchema: z.object({
        arg1: completable(z.string(), (begun) => cities.filter((city) => city.startsWith(begun))),
        arg2: z.string(),
      }),
    },
    ({ arg1, arg2 }) => saying(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`),
  );
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { description, argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri: uri }) => {
      const resource = {
        uri,
        mimeType: "text/plain",
        text: "Embedded resource content for testing.",
      };
      return saying({ type: "resource", resource }, "Please process the embedded resource above.");
    },
  );
  server.registerPrompt("test_prompt_with_image", { description }, () =>
    saying(
      { type: "image", data: redPixel, mimeType: "image/png" },
      "Please analyze the image above.",
    ),
  );
  server.registerPrompt("test_input_required_result_prompt", { description }, ({ mcpReq }) => {
    const answer = inputResponse(mcpReq.inputResponses, "user_context");
    if (answer.kind !== "missing") return saying(JSON.stringify(answer));
    const question = elicitation("What context should the prompt use?", "context");
    return inputRequired({ inputRequests: { user_context: question } });
  });
}

function saying(...contents: readonly (string | ContentBlock)[]): GetPromptResult {
  const messages = contents.map((content) => ({
    role: "user" as const,
    content: typeof content === "string" ? { type: "text" as const, text: content } : content,
  }));
  return { messages };
}
