import { expiryNotice } from "./expiry-notice.ts";
import type { ExpiryWarning } from "./expiry-warnings.ts";
import type { OnFailure } from "./failure.ts";
import type { Mark, Marks } from "./marks.ts";
import type { Notifier } from "./notice.ts";
import { stepReason } from "./reason.ts";
import { staleFrom } from "./stage.ts";

/** What warnings go through. */
export interface WarnServices {
  readonly channels: readonly Notifier[];
  readonly marks: Marks;
  /** Whose keys they are, for people. */
  readonly service: string;
  readonly onFailure: OnFailure;
  readonly signal: AbortSignal;
}

/** A first run over many keys tells the rest in the runs that follow. */
const mostAtOnce = 1_000;

/**
 * Passes on, by each channel, what that channel has not told yet: one notice of all of it. A channel
 * that fails gets the same again at the next run, and holds up no other; never throws.
 */
export async function warnOnce(
  warnings: readonly ExpiryWarning[],
  services: WarnServices,
): Promise<void> {
  await Promise.all(services.channels.map(async (channel) => warnBy(channel, warnings, services)));
}

async function warnBy(
  channel: Notifier,
  warnings: readonly ExpiryWarning[],
  { marks, service, onFailure, signal }: WarnServices,
): Promise<void> {
  try {
    const byId = new Map(warnings.map((each) => [markId(channel, each), each]));
    const claimed = [...(await marks.claim([...byId.keys()]))];
    const [now, later] = [claimed.slice(0, mostAtOnce), claimed.slice(mostAtOnce)];
    await marks.release(later);
    const news = now.flatMap((id) => byId.get(id) ?? []);
    if (news.length === 0) return;
    await channel.notify(expiryNotice(news, service), signal).catch(async (error: unknown) => {
      await marks.release(now);
      throw error;
    });
    await marks.keep(news.map((each) => markOf(channel, each)));
  } catch (error) {
    onFailure({ code: "warnings-held", channel: channel.name, reason: stepReason(error) });
  }
}

/** With the expiry in it, so that a key whose expiry is put off is warned of anew. */
function markId(channel: Notifier, { record, what, stage, expiresAt }: ExpiryWarning): string {
  return [channel.name, what, record.id, stage, expiresAt].join(":");
}

function markOf(channel: Notifier, warning: ExpiryWarning): Mark {
  return { id: markId(channel, warning), until: staleFrom(warning.expiresAt) + marginMs };
}

/** Clocks of instances differ. */
const marginMs = 86_400_000;
