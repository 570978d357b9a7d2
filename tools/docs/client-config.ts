import { parse as parseToml } from "smol-toml";
import { z } from "zod";

/** How a client reaches a server, whatever file says it. */
export const clientConfig = z.union([
  z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
  z.object({
    command: z.string(),
    args: z.array(z.string()),
    env: z.record(z.string(), z.string()).default({}),
  }),
]);

/** One server, as a client is told of it. */
export type ClientConfig = z.infer<typeof clientConfig>;

const servers = z.strictObject({ "pr-review": clientConfig });
const jsonFile = z.union([
  z.strictObject({ mcpServers: servers }).transform(({ mcpServers }) => mcpServers),
  z
    .strictObject({ servers, inputs: z.array(z.looseObject({ id: z.string() })) })
    .transform((file) => file.servers),
]);
const codexFile = z.strictObject({
  mcp_servers: z.strictObject({
    pr_review: z.union([
      z.strictObject({ url: z.string(), bearer_token_env_var: z.string() }),
      z.strictObject({
        command: z.string(),
        args: z.array(z.string()),
        env_vars: z.array(z.string()),
      }),
    ]),
  }),
});

/** What `mcp-remote` connects to, where a configuration starts that: it puts the environment into headers. */
function carried(config: ClientConfig): ClientConfig {
  if (!("args" in config) || !config.args.includes("mcp-remote")) return config;
  const url = config.args.find((arg) => arg.startsWith("http:")) ?? "";
  const { env } = config;
  const header = config.args[config.args.indexOf("--header") + 1] ?? "";
  const [name = "", value = ""] = header.split(":");
  const filled = value.replace(/\$\{(\w+)\}/, (_, variable: string) => env[variable] ?? "");
  return { url, headers: { [name]: filled } };
}

/** What `mcpServers` of Claude Desktop and Cursor say, or `servers` of VS Code. */
export function configInJson(text: string): ClientConfig {
  return carried(jsonFile.parse(JSON.parse(text))["pr-review"]);
}

/** What a `config.toml` of Codex says, with what it takes from the environment. */
export function configInToml(text: string, env: Readonly<Record<string, string>>): ClientConfig {
  const { pr_review: server } = codexFile.parse(parseToml(text)).mcp_servers;
  if ("url" in server) {
    const Authorization = `Bearer ${env[server.bearer_token_env_var] ?? ""}`;
    return { url: server.url, headers: { Authorization } };
  }
  const given = server.env_vars.map((name) => [name, env[name] ?? ""] as const);
  return { command: server.command, args: server.args, env: Object.fromEntries(given) };
}

/** What `claude mcp add` was told. */
export function configInArguments(args: readonly string[]): ClientConfig {
  const [mcp, add, ...rest] = args;
  const at = rest.indexOf("--");
  const [own, program] = at === -1 ? [rest, []] : [rest.slice(0, at), rest.slice(at + 1)];
  const option = (name: string) => own[own.indexOf(name) + 1] ?? "";
  if (mcp !== "mcp" || add !== "add") throw new Error(`claude has no ${args.join(" ")}`);
  if (option("--transport") === "http") {
    const [name = "", value = ""] = option("--header").split(": ");
    return { url: own.find((arg) => arg.startsWith("http:")) ?? "", headers: { [name]: value } };
  }
  const [name = "", value = ""] = option("--env").split("=");
  const [command = "", ...commandArgs] = program;
  return { command, args: commandArgs, env: { [name]: value } };
}
