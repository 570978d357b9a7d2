import { pullRequestUrl } from "@pr-review/github-comments";
import { z } from "zod";

import { text } from "../arguments.ts";
import { locatePullRequest } from "../locate-pull-request.ts";
import { defineTool, strategies } from "../tool.ts";

const input = z.strictObject({
  select_strategy: z
    .enum(strategies, {
      error:
        "Invalid value for select_strategy: Input should be 'branch', 'latest', 'first' or 'error'",
    })
    .default("branch"),
  owner: text("owner"),
  repo: text("repo"),
  branch: text("branch"),
  host: text("host"),
});

/** Finds the open pull request of a branch and gives its address. */
export const resolveOpenPrUrl = defineTool({
  name: "resolve_open_pr_url",
  title: "Find the open pull request of a branch",
  description:
    "Gives the URL of the open GitHub pull request that matches a repository and branch.",
  input,
  output: z.looseObject({ url: z.string() }),
  async run({ select_strategy: strategy, ...where }, context, watch) {
    const url = pullRequestUrl(await locatePullRequest({ ...where, strategy }, context, watch));
    return { structured: { url }, texts: [url] };
  },
});
