import manifest from "../../package.json" with { type: "json" };
import { serverInfoSchema } from "../answers/status.ts";
import { parseJson } from "../json.ts";
import { plainText } from "../plain-text.ts";
import { failed, ok, warning } from "./finding.ts";
import type { Finding } from "./finding.ts";
import { noAnswer } from "./no-answer.ts";
import { versionGap } from "./version-gap.ts";

/** Whether the server can be reached, is one of ours, and of a version that fits. */
export async function reach(server: string, { timeoutMs = 10_000 } = {}): Promise<Finding> {
  try {
    const response = await fetch(`${server}/health`, {
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return judge(server, response, await response.text());
  } catch (error) {
    return noAnswer(server, error);
  }
}

function judge(server: string, { status, headers }: Response, body: string): Finding {
  if (status >= 300 && status < 400) {
    const location = plainText(headers.get("location") ?? "another address");
    const advice = "Pass that address with --url: tokens are not sent after a redirect.";
    return failed("server", `${server} sends callers to ${location}.`, advice);
  }
  const info = serverInfoSchema.safeParse(parseJson(body));
  if (info.success && /review/i.test(info.data.service)) return compare(server, info.data.version);
  if (/text\/html/i.test(headers.get("content-type") ?? "")) {
    const advice = "Check --url, and where the proxy sends its requests.";
    return failed("server", `${server} answers ${status} with a web page: a proxy?`, advice);
  }
  const advice = "Check the host, the port and the path in --url.";
  return failed("server", `${server} answers ${status}, but not as PR Review MCP does.`, advice);
}

function compare(server: string, version: string): Finding {
  const own = manifest.version;
  const message = `${server} is PR Review MCP ${plainText(version)}; this program is ${own}.`;
  const gap = versionGap(version, own);
  if (gap === "same") return ok("server", message);
  const advice =
    gap === "newer"
      ? "Upgrade this program to make use of all of it."
      : "Upgrade the server: commands that it does not know yet will fail.";
  return warning("server", message, advice);
}
