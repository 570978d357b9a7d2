import { eraOf } from "./era.ts";
import { prepareGround, type Surroundings } from "./ground.ts";
import { type Expected, wrongWith } from "./judge.ts";
import { ClientFailure, type Walk } from "./walk.ts";

/** How a walk ended; a limit is the client's own, and neither passed nor failed. */
export interface Outcome {
  readonly verdict: "passed" | "failed" | "limit";
  /** The revision it called in. */
  readonly spoken?: string | undefined;
  /** Why it did not pass: the message of the client, or what was missing. */
  readonly reason?: string | undefined;
  /** All that a failing client showed. */
  readonly shown?: string;
}

/** Walks with a key that is good. */
export async function walkWithKey(
  walk: Walk,
  surroundings: Surroundings,
  { key, ...expected }: Omit<Expected, "era"> & { readonly key: string },
): Promise<Outcome> {
  const ground = await prepareGround(surroundings, key);
  try {
    const taken = await walk.take(ground);
    const spoken = eraOf(await ground.messages());
    const reason = wrongWith(taken, spoken, { ...expected, era: walk.era });
    if (reason !== undefined) return { verdict: "failed", spoken, reason, shown: taken.answer };
    return { verdict: "passed", spoken };
  } catch (error) {
    if (!(error instanceof ClientFailure)) throw error;
    const { message: reason, shown } = error;
    const limit = walk.limit?.exec(shown)?.[0];
    if (limit === undefined) return { verdict: "failed", reason, shown };
    return { verdict: "limit", reason: limit };
  } finally {
    await ground.clear();
  }
}

/** What a server without sign-in says to whoever tries, be it with the key or by asking for an account. */
const refusal = /[^"\\\]\n]*API key[^"\\\n]*Ask your administrator for a new one\./u;

/** Walks with a key that nobody has; it passes when the person is told what to do about it. */
export async function walkWithWrongKey(
  walk: Walk,
  surroundings: Surroundings,
  key: string,
): Promise<Outcome> {
  const ground = await prepareGround(surroundings, key);
  try {
    await walk.take(ground);
    return { verdict: "failed", reason: "it was let in" };
  } catch (error) {
    if (!(error instanceof ClientFailure)) throw error;
    const { shown } = error;
    const told = refusal.exec(shown)?.[0];
    if (told !== undefined) return { verdict: "passed", reason: told };
    const hidden = walk.hides?.exec(shown)?.[0];
    if (hidden !== undefined) return { verdict: "limit", reason: hidden };
    return { verdict: "failed", reason: "it does not tell what to do", shown };
  } finally {
    await ground.clear();
  }
}
