import { MemoryRecordStorage } from "../src/index.ts";
import { describeTokenStore } from "./contract.ts";

describeTokenStore("a token store in memory", async () => new MemoryRecordStorage());
