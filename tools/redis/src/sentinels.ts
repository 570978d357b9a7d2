import { type Ask, askWith } from "./ask.ts";
import { locateNativeServer } from "./native.ts";
import type { RedisProcess } from "./redis-process.ts";
import { ServerGroup } from "./server-group.ts";
import { noTls, planTls } from "./tls-plan.ts";
import { until } from "./until.ts";

const COUNT = 3;
const NAME = "mymaster";

/** A primary and a replica, with three sentinels that promote the replica when the primary is gone. */
export interface Sentinels {
  readonly sentinels: readonly RedisProcess[];
  /** What the sentinels call the primary. */
  readonly name: string;
  /** The PEM of the authority to trust, when servers and sentinels speak TLS. */
  readonly ca: string | undefined;
  /** The server that most sentinels take for the primary; rejects while there is no majority. */
  master(): Promise<RedisProcess>;
  /** The other one. */
  replica(): Promise<RedisProcess>;
  stop(): Promise<void>;
}

/** How a test wants its sentinels. */
export interface SentinelOptions {
  /** The password of the servers. */
  readonly password?: string;
  /** The password of the sentinels. */
  readonly sentinelPassword?: string;
  /** Whether servers and sentinels speak TLS only. */
  readonly tls?: boolean;
  /** How long the primary must be silent to be taken for dead, in ms. */
  readonly downAfterMs?: number;
  /** How long a failover may take, in ms; the next try comes after twice as long. */
  readonly failoverTimeoutMs?: number;
}

/**
 * Starts five servers and resolves when the replica is in step and the sentinels know everybody.
 *
 * Throws {@link RedisRigError}: the codes of {@link startRedis}, `needs-native-redis` or
 * `redis-group-unready`.
 */
export async function startSentinels(options: SentinelOptions = {}): Promise<Sentinels> {
  const group = new ServerGroup(await locateNativeServer());
  try {
    return await assemble(group, options);
  } catch (error) {
    await group.stop();
    throw error;
  }
}

async function assemble(group: ServerGroup, options: SentinelOptions): Promise<Sentinels> {
  const { password, sentinelPassword, tls = false } = options;
  const secure = tls ? await planTls() : noTls;
  const { ca } = secure;
  const ask = askWith({ password, ca });
  const askSentinel = askWith({ password: sentinelPassword, ca });

  const login = password === undefined ? [] : ["--requirepass", password, "--masterauth", password];
  // A primary waits five seconds for further replicas unless told not to.
  const args = [...secure.args, ...login, "--repl-diskless-sync-delay", "0"];
  const first = await group.start({ ...secure, args });
  const following = [...args, "--replicaof", `127.0.0.1 ${first.port}`];
  const second = await group.start({ ...secure, args: following });
  // A sentinel meets the replicas it finds at once, and looks for new ones every ten seconds.
  await until("the replica is in step", async () => isInStep(ask, second));

  const watching = {
    ...secure,
    args: [...secure.args, "--sentinel"],
    configFile: "sentinel.conf",
    files: { ...secure.files, "sentinel.conf": sentinelConfig(first.port, options) },
  };
  const sentinels = await Promise.all(Array.from({ length: COUNT }, () => group.start(watching)));
  await until("the sentinels know everybody", async () => {
    const views = await Promise.all(sentinels.map((each) => askSentinel(each, "INFO", "sentinel")));
    return views.every((view) => String(view).includes(`slaves=1,sentinels=${COUNT}`));
  });

  const master = async (): Promise<RedisProcess> =>
    (await electedPort(askSentinel, sentinels)) === first.port ? first : second;
  return {
    sentinels,
    name: NAME,
    ca,
    master,
    replica: async () => ((await master()) === first ? second : first),
    stop: () => group.stop(),
  };
}

async function isInStep(ask: Ask, replica: RedisProcess): Promise<boolean> {
  return String(await ask(replica, "INFO", "replication")).includes("master_link_status:up");
}

function sentinelConfig(
  port: number,
  { password, sentinelPassword, downAfterMs = 1_000, failoverTimeoutMs = 3_000 }: SentinelOptions,
): string {
  return [
    `sentinel monitor ${NAME} 127.0.0.1 ${port} 2`,
    `sentinel down-after-milliseconds ${NAME} ${downAfterMs}`,
    `sentinel failover-timeout ${NAME} ${failoverTimeoutMs}`,
    ...(password === undefined ? [] : [`sentinel auth-pass ${NAME} ${password}`]),
    ...(sentinelPassword === undefined ? [] : [`requirepass ${sentinelPassword}`]),
    "",
  ].join("\n");
}

/** The port that a majority names; a sentinel that does not answer has no vote. */
async function electedPort(ask: Ask, sentinels: readonly RedisProcess[]): Promise<number> {
  const answers = await Promise.allSettled(
    sentinels.map((each) => ask(each, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)),
  );
  const votes = answers.map((each) => (each.status === "fulfilled" ? String(each.value) : ""));
  const winner = votes.find(
    (vote) => vote !== "" && votes.filter((each) => each === vote).length > COUNT / 2,
  );
  if (winner === undefined) throw new Error("The sentinels do not agree yet: ask again.");
  return Number(winner.split(",")[1]);
}
