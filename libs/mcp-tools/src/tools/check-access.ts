import {
  type AccessReport,
  checkAccess as askGitHub,
  type PullRequestRef,
  pullRequestUrl,
  type ReadWatch,
  refusedAccess,
  type Verdict,
} from "@pr-review/github-comments";
import { z } from "zod";

import { text } from "../arguments.ts";
import { locatePullRequest } from "../locate-pull-request.ts";
import { defineTool, type ToolContext } from "../tool.ts";

const input = z.strictObject({
  pr_url: text("pr_url"),
  host: text("host"),
  owner: text("owner"),
  repo: text("repo"),
  branch: text("branch"),
});

/** `ok`, true, false or "unknown", and what is `missing`; a fuller schema would cost every client. */
const verdict = z.looseObject({});

/** Tells, without changing anything, what a caller can do with the threads of a pull request. */
export const checkAccess = defineTool({
  name: "check_access",
  title: "Check access to a pull request",
  description:
    "Tells whether the GitHub token can read, reply to and resolve the review threads of a pull request, and which one permission is missing. Changes nothing.",
  input,
  output: z.looseObject({ can_read: verdict, can_reply: verdict, can_resolve: verdict }),
  async run(args, context, watch) {
    const { found, report } = await examine(args, context, watch);
    const url = found && pullRequestUrl(found);
    const { canRead, canReply, canResolve, ...rest } = report;
    const structured = {
      url,
      can_read: { ...canRead },
      can_reply: { ...canReply },
      can_resolve: { ...canResolve },
      ...rest,
    };
    return { structured, texts: [render(report, url)] };
  },
});

interface Examined {
  /** `undefined` when GitHub refuses already to look for it. */
  readonly found: PullRequestRef | undefined;
  readonly report: AccessReport;
}

async function examine(
  { pr_url: url, ...where }: z.infer<typeof input>,
  context: ToolContext,
  watch: ReadWatch,
): Promise<Examined> {
  const { github } = context;
  const pointer = { url, ...where, strategy: "branch" as const };
  const found = await locatePullRequest(pointer, context, watch).catch(refusedAccess);
  if ("canRead" in found) return { found: undefined, report: found };
  const report = await askGitHub(github.connect(found.host), found, { signal: watch.signal });
  return { found, report };
}

function render({ canRead, canReply, canResolve, advice }: AccessReport, url?: string): string {
  const lines = [
    `# Access to ${url ?? "the pull request"}`,
    "",
    `- Read: ${inWords(canRead)}`,
    `- Reply: ${inWords(canReply)}`,
    `- Resolve: ${inWords(canResolve)}`,
  ];
  return (advice === undefined ? lines : [...lines, "", advice]).join("\n");
}

function inWords({ ok, missing }: Verdict): string {
  if (ok === true) return "yes";
  const lead = ok === false ? "no, missing" : "only trying tells, it takes";
  if (missing === undefined) return ok === false ? "no" : "only trying tells";
  const { kind, detail } = missing;
  const name = names[kind] ?? kind.replaceAll("-", " ");
  return `${lead} ${name}${detail === undefined ? "" : ` (${detail})`}`;
}

const names: Readonly<Record<string, string>> = {
  sso: "single sign-on",
  "ip-allow-list": "a place on the IP allow list",
};
