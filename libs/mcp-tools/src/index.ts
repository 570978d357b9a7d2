export { ToolError, type ToolErrorCode, toToolError } from "./errors.ts";
export { reportCall, type ReportOptions, type ToolCallReport } from "./report-call.ts";
export {
  type Checkout,
  defineTool,
  type ReadLimits,
  type Tool,
  type ToolAnswer,
  type ToolContext,
  type ToolDeclaration,
} from "./tool.ts";
export { tools } from "./tools/index.ts";
export { checkAccess } from "./tools/check-access.ts";
export { fetchPrReviewComments } from "./tools/fetch-pr-review-comments.ts";
export { getReviewThreads } from "./tools/get-review-threads.ts";
export { resolveOpenPrUrl } from "./tools/resolve-open-pr-url.ts";
export { whoami } from "./tools/whoami.ts";
export {
  githubPool,
  hostTable,
  readSettings,
  SettingsError,
  sharedContext,
  type SharedContextOptions,
  toolSettings,
  type ToolSettings,
  wholeNumber,
} from "./settings.ts";
