import type {
  CursorCodec,
  FeedReader,
  GitHubAccess,
  Lockdown,
  ReadWatch,
  SelectStrategy,
} from "@pr-review/github-comments";
import { z } from "zod";

import { argumentProblem } from "./arguments.ts";
import { Deadline } from "./deadline.ts";
import { ToolError } from "./errors.ts";

/** The repository and branch a person is working in. */
export interface Checkout {
  readonly host: string;
  readonly owner: string;
  readonly repo: string;
  readonly branch: string | undefined;
}

/** The most that one call may read; a caller can only ask for less. */
export interface ReadLimits {
  /** Threads per page, 1 to 100. */
  readonly perPage: number;
  /** Pages of threads. */
  readonly maxPages: number;
  /** Comments in all. */
  readonly maxComments: number;
  /** Tokens of one answer. */
  readonly maxTokens: number;
  /** Milliseconds a call may take. */
  readonly deadlineMs: number;
}

/** What a tool works with on behalf of a caller; nothing is read from the environment. */
export interface ToolContext {
  /** GitHub, as the caller. */
  readonly github: GitHubAccess;
  readonly limits: ReadLimits;
  /** How comments of authors without push access are treated. */
  readonly lockdown: Lockdown;
  /** Where pull requests are read, for all callers and for each apart. */
  readonly feeds: FeedReader;
  readonly cursors: CursorCodec;
  /** Globs over `owner/repo` that the caller may use; without them, whatever the token can see. */
  readonly allowedRepos?: readonly string[] | undefined;
  /** What the caller may do; absent where there is nobody but the owner of the credential. */
  readonly scopes?: readonly string[] | undefined;
  /** The local checkout; absent on a server, which must not look at its own. */
  readonly checkout?: (() => Promise<Checkout>) | undefined;
}

/** The answer of a tool: data, and the texts that say the same to a model. */
export interface ToolAnswer<Output extends object = object> {
  readonly structured: Output;
  readonly texts: readonly string[];
}

/** What a tool says of itself, and what it does; free of any SDK. */
export interface ToolDeclaration<Input, Output extends object> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** What a caller must be allowed to do, `comments:read` unless told otherwise. */
  readonly requiredScopes?: readonly string[];
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output>;
  /**
   * Does the work; throws `GitHubError` or `ToolError`. The signal of `watch` aborts when the caller is gone
   * and when the call has run out of time; it is made when it is asked for.
   */
  run(input: Input, context: ToolContext, watch: ReadWatch): Promise<ToolAnswer<Output>>;
}

/** A tool that can be listed and called. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema (2020-12) of the arguments and of the structured answer. */
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema;
  /**
   * Checks the caller's scopes and the arguments, and runs; the caller may watch, and give up. Throws
   * `ToolError` `insufficient-scope` or `invalid-arguments`, and what the tool throws.
   */
  call(args: unknown, context: ToolContext, watch?: ReadWatch): Promise<ToolAnswer>;
}

const jsonSchema = z.looseObject({
  type: z.literal("object"),
  properties: z.record(z.string(), z.json()).optional(),
  required: z.array(z.string()).optional(),
});

type JsonSchema = z.infer<typeof jsonSchema>;

/** Makes a declaration callable; its JSON Schemas are made here, once, and not per request. */
export function defineTool<Input, Output extends object>(
  declaration: ToolDeclaration<Input, Output>,
): Tool {
  const { name, title, description, input, output } = declaration;
  const { requiredScopes = ["comments:read"] } = declaration;
  return {
    name,
    title,
    description,
    inputSchema: jsonSchema.parse(z.toJSONSchema(input, { io: "input" })),
    outputSchema: jsonSchema.parse(z.toJSONSchema(output)),
    async call(args, context, watch = {}) {
      requireScopes(requiredScopes, context);
      const parsed = input.safeParse(args ?? {});
      if (!parsed.success) throw new ToolError("invalid-arguments", argumentProblem(parsed.error));
      const deadline = new Deadline(context.limits.deadlineMs, watch);
      try {
        return await declaration.run(parsed.data, context, deadline);
      } finally {
        deadline.end();
      }
    },
  };
}

/** Here and not before a transport, so that no transport can forget it. */
function requireScopes(required: readonly string[], { scopes }: ToolContext): void {
  const scope = required.find((each) => scopes?.includes(each) === false);
  if (scope === undefined) return;
  const message = `This API key may not use the tool. It lacks the scope ${scope}: ask an administrator for a key that has it.`;
  throw new ToolError("insufficient-scope", message, { scope });
}

/** How `select_strategy` is read everywhere. */
export const strategies = [
  "branch",
  "latest",
  "first",
  "error",
] as const satisfies SelectStrategy[];
