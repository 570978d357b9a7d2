import { expect, test } from "vitest";

import { isLoopback, parseServerUrl } from "../src/server-url.ts";

test.each([
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["https://mcp.example.com/", "https://mcp.example.com"],
  ["https://example.com/review/", "https://example.com/review"],
])("%s is the server at %s", (given, server) => {
  expect(parseServerUrl(given)).toBe(server);
});

test.each([
  "",
  "localhost:8080",
  "ftp://example.com",
  "http://ada:secret@example.com",
  "http://example.com?token=secret",
  "http://example.com#secret",
])("refuses %j as an address, without repeating it", (given) => {
  expect(() => parseServerUrl(given)).toThrow(
    expect.objectContaining({ code: "usage", message: expect.not.stringContaining("secret") }),
  );
});

test.each(["http://127.0.0.1:1", "http://127.8.9.1", "http://localhost", "http://[::1]:8080"])(
  "%s is this machine",
  (url) => {
    expect(isLoopback(url)).toBe(true);
  },
);

test.each(["http://127.0.0.1.example.com", "http://10.0.0.1", "http://localhost.example.com"])(
  "%s is another machine",
  (url) => {
    expect(isLoopback(url)).toBe(false);
  },
);
