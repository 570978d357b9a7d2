/** Exits with 0 when the server in this container answers `/health`: the image has no shell and no curl. */
const { MCP_PORT, PORT } = process.env;

// As for the server, an empty variable counts as unset.
const port = MCP_PORT || PORT || "8080";
const address = `http://127.0.0.1:${port}/health`;
const isHealthy = await fetch(address, { signal: AbortSignal.timeout(4_000) }).then(
  (answer) => answer.ok,
  () => false,
);
process.exitCode = isHealthy ? 0 : 1;
