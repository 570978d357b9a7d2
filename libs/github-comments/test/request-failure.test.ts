import { expect, it } from "vitest";

import { requestFailure } from "../src/connection/request-failure.ts";
import { standardError } from "../src/diagnose/standard-error.ts";

const url = "https://github.com/orgs/acme/sso?authorization_request=A";

function octokitError(status: number, data: unknown, headers: object = {}): Error {
  return Object.assign(new Error("canary"), { status, response: { headers, data } });
}

it("diagnoses an answer, whatever its body is", () => {
  const bodies = [{ message: "Bad credentials" }, "<html>", null, { message: 1 }];
  const codes = bodies.map((body) => requestFailure(octokitError(401, body)).code);
  expect(new Set(codes)).toEqual(new Set(["github-token-refused"]));
});

it("keeps the headers that are text when another is not", () => {
  const headers = { "x-github-sso": `required; url=${url}`, odd: ["no", "text"] };
  const error = requestFailure(octokitError(403, {}, headers), { host: "github.com" });
  expect(error.missing).toEqual({ kind: "sso", url });
});

it("calls GitHub unavailable when there was no answer", () => {
  const { code, message } = requestFailure(new Error("canary"));
  expect(code).toBe("github-unavailable");
  expect(message).not.toContain("canary");
});

it("passes on an error of ours that Octokit has wrapped", () => {
  const ours = standardError("bad-github-response");
  expect(requestFailure(new Error("wrapped", { cause: ours }))).toBe(ours);
});
