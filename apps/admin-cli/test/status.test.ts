import { expect, test } from "vitest";

import { cells } from "./cells.ts";
import { startRealServer } from "./real-server.ts";
import { runCli } from "./run-cli.ts";

test("shows the version, the storage, the counts and the limits of a server", async () => {
  const server = await startRealServer({ RATE_LIMIT_REQUESTS_PER_MINUTE: "77" });
  await server.issue();
  const { stdout, error } = await runCli(["status"], { variables: server.variables });
  const shown = Object.fromEntries(cells(stdout)) as Record<string, string>;

  expect(error).toBeUndefined();
  expect(shown).toMatchObject({ Server: server.url, Version: "0.1.0", Redis: "-", Keys: "1" });
  expect(shown["Limit"]).toMatch(/^77 requests a minute/);
});

test("has the server ask GitHub with --probe, and prints all of the answer with --json", async () => {
  const { variables } = await startRealServer();
  const probed = await runCli(["status", "--probe"], { variables });
  const { stdout } = await runCli(["status", "--json"], { variables });

  expect(probed.stdout).toMatch(/GitHub at github\.com *│ answers in \d+ ms/);
  expect(JSON.parse(stdout)).toMatchObject({ service: "PR Review MCP", github: [] });
});
