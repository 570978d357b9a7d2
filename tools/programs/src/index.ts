export { bundle, type Program } from "./bundle.ts";
export { run, type Run } from "./run.ts";
