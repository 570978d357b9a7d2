/** The repository a git remote points at. */
export interface Remote {
  readonly host: string;
  readonly owner: string;
  readonly repo: string;
}

const scpForm = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/)([^/\s]+)\/([^/\s]+?)(?:\.git)?\/?$/;
const pathForm = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/?$/;
const protocols = new Set(["ssh:", "git+ssh:", "https:", "http:", "git:"]);

/**
 * Reads the URL of a git remote in any form git takes for GitHub: `git@host:owner/repo`, `ssh://`,
 * `https://`. Credentials and SSH ports are dropped; `undefined` for paths and other forms.
 */
export function parseRemoteUrl(text: string): Remote | undefined {
  const url = text.trim();
  const scp = scpForm.exec(url);
  if (scp !== null) return remote(scp[1], scp[2], scp[3]);
  if (!URL.canParse(url)) return undefined;

  const { protocol, hostname, host, pathname } = new URL(url);
  if (!protocols.has(protocol)) return undefined;
  const [, owner, repo] = pathForm.exec(pathname) ?? [];
  return remote(protocol.startsWith("http") ? host : hostname, owner, repo);
}

function remote(
  host: string | undefined,
  owner: string | undefined,
  repo: string | undefined,
): Remote | undefined {
  if (!host || owner === undefined || repo === undefined) return undefined;
  // GitHub's SSH over the HTTPS port has a host name of its own.
  const name = host.toLowerCase().replace(/^ssh\.(?=github\.com$)/, "");
  return { host: name, owner, repo };
}
