import {
  type CallToolResult,
  type InputRequests,
  inputRequired,
  inputResponse,
  type InputRequiredResult,
  type McpServer,
  type RequestStateCodec,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";

import { text } from "./content-tools.ts";
import { confirmation, defaultsForm, elicitation, enumsForm, sampling } from "./questions.ts";

type Answer = CallToolResult | InputRequiredResult;

/** Which answers a server is waiting for; it comes back with them, sealed. */
export type Step = "first" | "second";

const roots = inputRequired.listRoots();
const name = elicitation("What is your name?", "name");

/** Tools that ask once and then answer with what they were told; the state of some travels along. */
const asking: Readonly<Record<string, InputRequests>> = {
  test_elicitation_sep1034_defaults: { form: defaultsForm },
  test_elicitation_sep1330_enums: { form: enumsForm },
  test_missing_capability: { question: sampling("Anything?") },
  test_streaming_elicitation: { user_name: name },
  test_input_required_result_elicitation: { user_name: name },
  test_input_required_result_sampling: {
    capital_question: sampling("What is the capital of France?"),
  },
  test_input_required_result_list_roots: { client_roots: roots },
};
const askingWithState: Readonly<Record<string, InputRequests>> = {
  test_input_required_result_request_state: { confirm: confirmation("Please confirm") },
  test_input_required_result_tampered_state: { confirm: confirmation("Please confirm") },
  test_input_required_result_multiple_inputs: {
    user_name: name,
    greeting: sampling("Generate a greeting"),
    client_roots: roots,
  },
};

/** Adds the tools that need something from the client before they can answer (SEP-2322). */
export function addAskingTools(server: McpServer, states: RequestStateCodec<Step>): void {
  const description = "Asks the client before it answers.";
  for (const [tool, questions] of Object.entries(asking)) {
    server.registerTool(tool, { description }, (context) => ask(questions, context));
  }
  for (const [tool, questions] of Object.entries(askingWithState)) {
    server.registerTool(tool, { description }, async (context) =>
      ask(questions, context, await states.mint("first")),
    );
  }
  server.registerTool(
    "test_sampling",
    { description, inputSchema: z.object({ prompt: z.string() }) },
    ({ prompt }, context) => ask({ prompt: sampling(prompt) }, context),
  );
  server.registerTool(
    "test_elicitation",
    { description, inputSchema: z.object({ message: z.string() }) },
    ({ message }, context) => ask({ username: elicitation(message, "username") }, context),
  );
  server.registerTool("test_input_required_result_multi_round", { description }, (context) =>
    askTwice(context, states),
  );
  server.registerTool("test_input_required_result_capabilities", { description }, (context) =>
    askWhatIsPossible(server, context),
  );
}

/** Asks until every question has an answer of its kind. */
function ask(questions: InputRequests, { mcpReq }: ServerContext, requestState?: string): Answer {
  const answers = Object.keys(questions).map((key) => inputResponse(mcpReq.inputResponses, key));
  if (answers.every(({ kind }) => kind !== "missing")) {
    return text(`state-ok: ${JSON.stringify(answers)}`);
  }
  return inputRequired({
    inputRequests: questions,
    ...(requestState !== undefined && { requestState }),
  });
}

async function askTwice(
  { mcpReq }: ServerContext,
  states: RequestStateCodec<Step>,
): Promise<Answer> {
  const step = mcpReq.requestState<Step>();
  if (step === "second") return text("Both steps are done.");
  if (step === "first") {
    const step2 = elicitation("Step 2: What is your favorite color?", "color");
    return inputRequired({ inputRequests: { step2 }, requestState: await states.mint("second") });
  }
  const step1 = elicitation("Step 1: What is your name?", "name");
  return inputRequired({ inputRequests: { step1 }, requestState: await states.mint("first") });
}

function askWhatIsPossible(server: McpServer, context: ServerContext): Answer {
  const { elicitation: person, sampling: model } = server.server.getClientCapabilities() ?? {};
  return ask(
    {
      ...(person !== undefined && { user_name: name }),
      ...(model !== undefined && { greeting: sampling("Generate a greeting") }),
    },
    context,
  );
}
