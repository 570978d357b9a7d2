export { Turns } from "./turns.ts";
export { WriteQueue, type WriteQueueOptions } from "./write-queue.ts";
