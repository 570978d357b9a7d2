export { ToolError, type ToolErrorCode, toToolError } from "./errors.ts";
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
export { fetchPrReviewComments } from "./tools/fetch-pr-review-comments.ts";
export { resolveOpenPrUrl } from "./tools/resolve-open-pr-url.ts";
export {
  githubPool,
  hostTable,
  readLimits,
  readSettings,
  SettingsError,
  toolSettings,
  type ToolSettings,
  wholeNumber,
} from "./settings.ts";
