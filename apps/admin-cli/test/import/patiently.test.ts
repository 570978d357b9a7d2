import { expect, test } from "vitest";

import { CliError } from "../../src/errors.ts";
import { patiently } from "../../src/import/patiently.ts";

function refusal(code: string): CliError {
  return new CliError("refused", "No.", { problem: { title: "No", code } });
}

function failing(times: number, error: CliError) {
  let calls = 0;
  const act = () => {
    calls += 1;
    return calls <= times ? Promise.reject(error) : Promise.resolve("done");
  };
  return { act, calls: () => calls };
}

test.each(["overloaded", "store-unavailable"])("waits out a server that is %s", async (code) => {
  const { act, calls } = failing(3, refusal(code));

  expect(await patiently(act, { waitMs: 0 })).toBe("done");
  expect(calls()).toBe(4);
});

test("gives up in the end", async () => {
  const { act, calls } = failing(9, refusal("overloaded"));

  await expect(patiently(act, { tries: 3, waitMs: 0 })).rejects.toMatchObject({ code: "refused" });
  expect(calls()).toBe(3);
});

test.each([refusal("invalid-request"), new CliError("unreachable", "Nobody.")])(
  "does not wait out any other failure",
  async (error) => {
    const { act, calls } = failing(1, error);

    await expect(patiently(act, { waitMs: 0 })).rejects.toBe(error);
    expect(calls()).toBe(1);
  },
);
