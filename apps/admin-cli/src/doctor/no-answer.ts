import { failed } from "./finding.ts";
import type { Finding } from "./finding.ts";

/** The codes of the system, of TLS and of fetch, and what they come down to. */
const causes: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/,
    "its name has no address",
    "Check the name in --url, and that this machine can look names up.",
  ],
  [
    /^ECONNREFUSED$/,
    "nothing listens there",
    "Start the server, or check the port in --url. In a container, is the port published?",
  ],
  [
    /CERT|^UNABLE_TO|SELF_SIGNED|^ERR_TLS/,
    "its certificate is not trusted here",
    "If it is of your own authority, set NODE_EXTRA_CA_CERTS to that authority's file.",
  ],
  [
    /^(EPROTO|ERR_SSL_.*)$/,
    "it does not speak TLS",
    "Try http:// in --url, or the port of the proxy that does TLS.",
  ],
  [
    /^(HPE_.*|UND_ERR_SOCKET|ECONNRESET)$/,
    "it does not speak HTTP",
    "Try https:// in --url, or another port.",
  ],
  [
    /TIMEOUT|TIMEDOUT|^(EHOSTUNREACH|ENETUNREACH)$/i,
    "nothing comes back",
    "Check the network between here and there: firewall, VPN, address.",
  ],
];

/** Why a request has had no answer at all. */
export function noAnswer(server: string, error: unknown): Finding {
  const code = codeOf(error);
  const found = causes.find(([codes]) => codes.test(code));
  const [, reason, advice] = found ?? [undefined, "it cannot be reached", "Check --url."];
  return failed("server", `${server}: ${reason} (${code}).`, advice);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error.name;
}
