import { expect, it } from "vitest";

import { isSmtpUrl, smtpPlace } from "../../src/mail/smtp-place.ts";

it.each([
  ["smtps://u:p@mail.example", { port: 465, tls: "always", login: { user: "u", pass: "p" } }],
  ["smtp://u:p%40%2F@mail.example:2525", { port: 2525, tls: "required", login: { pass: "p@/" } }],
  ["smtp://mail.example", { port: 587, tls: "offered", login: undefined }],
  ["smtp://localhost:25", { host: "localhost", port: 25, tls: "never" }],
  ["smtp://u:p@[::1]", { host: "::1", tls: "never" }],
  ["smtps://u:p@[2001:db8::1]", { host: "2001:db8::1", tls: "always" }],
])("reads %s", (url, place) => {
  expect(isSmtpUrl(url)).toBe(true);
  expect(smtpPlace(url)).toMatchObject(place);
});

it.each([
  "mail.example:465",
  "https://mail.example",
  "smtp://user@mail.example",
  "smtp://:pass@mail.example",
  "smtp://user:%ZZ@mail.example",
  "smtp://user:pass@mail.example/?tls.rejectUnauthorized=false",
  "smtp://user:pass@",
])("takes %s for no mail server", (text) => {
  expect(isSmtpUrl(text)).toBe(false);
});
