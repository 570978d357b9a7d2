import { expect, test } from "vitest";

import { readClusterView } from "../src/cluster-view.ts";

test("reads the parts, the health and the slots of nodes", () => {
  const reply = [
    "aa 127.0.0.1:7000@17000 myself,master - 0 0 1 connected 0-5 7 [9->-bb]",
    "bb 127.0.0.1:7001@17001,host master,fail? - 1 1 2 connected 8-9",
    "cc 127.0.0.1:7002@17002 slave aa 1 1 1 connected",
    "dd 127.0.0.1:7003@17003 slave bb 1 1 1 disconnected",
    "",
  ].join("\n");
  expect(readClusterView(reply)).toEqual([
    {
      id: "aa",
      port: 7000,
      masterId: undefined,
      isWell: true,
      slots: [
        [0, 5],
        [7, 7],
      ],
    },
    { id: "bb", port: 7001, masterId: undefined, isWell: false, slots: [[8, 9]] },
    { id: "cc", port: 7002, masterId: "aa", isWell: true, slots: [] },
    { id: "dd", port: 7003, masterId: "bb", isWell: false, slots: [] },
  ]);
});
