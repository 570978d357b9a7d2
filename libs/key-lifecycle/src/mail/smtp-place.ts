/** Where mail is handed in, and how to log in there. */
export interface SmtpPlace {
  readonly host: string;
  readonly port: number;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
  /**
   * `always` from the first byte, `required` by STARTTLS or no mail, `offered` by STARTTLS where there is
   * one, `never` within this machine.
   */
  readonly tls: "always" | "required" | "offered" | "never";
}

const loopback = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

/** Whether a text is `smtp://` or `smtps://`, then `[user:password@]host[:port]` and nothing else. */
export function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(text);
  return (
    /^smtps?:$/.test(protocol) &&
    /^(?:[\w.-]+|\[[0-9a-f:.]+\])$/i.test(hostname) &&
    /^\/?$/.test(pathname) &&
    search + hash === "" &&
    (username === "") === (password === "") &&
    isDecodable(username + password)
  );
}

/** Reads a URL that `isSmtpUrl` accepts. A password leaves this machine by TLS or not at all. */
export function smtpPlace(text: string): SmtpPlace {
  const { protocol, hostname, port, username, password } = new URL(text);
  const host = hostname.replaceAll(/[[\]]/g, "");
  const hasTls = protocol === "smtps:";
  const login =
    username === ""
      ? undefined
      : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    host,
    port: port === "" ? defaultPort(hasTls) : Number(port),
    login,
    tls: hasTls ? "always" : startTls(host, login !== undefined),
  };
}

/** RFC 8314 section 3.3 and RFC 6409: submission with TLS from the start, and by STARTTLS. */
function defaultPort(hasTls: boolean): number {
  return hasTls ? 465 : 587;
}

function startTls(host: string, hasLogin: boolean): SmtpPlace["tls"] {
  if (loopback.test(host)) return "never";
  return hasLogin ? "required" : "offered";
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
