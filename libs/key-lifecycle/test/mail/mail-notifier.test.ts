import { type AddressInfo, createServer } from "node:net";
import { inspect } from "node:util";

import { expect, it, onTestFinished } from "vitest";

import { LifecycleError } from "../../src/errors.ts";
import { MailNotifier, type MailOptions } from "../../src/mail/mail-notifier.ts";
import { smtpPlace, type SmtpPlace } from "../../src/mail/smtp-place.ts";
import { notice, rejectionOf } from "../notices.ts";
import { freeUrl } from "../webhook/webhook-rig.ts";
import { mailCertificate, mailPassword, mailUser, startSmtp } from "./smtp-rig.ts";

const addresses = { from: "pr-review@acme.example", to: ["ops@acme.example", "dev@acme.example"] };
const login = `${mailUser}:${encodeURIComponent(mailPassword)}@`;

/** The place of a URL for `mail.example`, at a server of this machine. */
function placeAt(port: number, url: string): SmtpPlace {
  return { ...smtpPlace(url), host: "127.0.0.1", port };
}

function mailTo(place: SmtpPlace, options: MailOptions = {}): MailNotifier {
  return new MailNotifier(place, addresses, options);
}

async function refusalOf(mail: MailNotifier): Promise<string> {
  const error = await rejectionOf(mail.notify(notice));
  expect(error).toBeInstanceOf(LifecycleError);
  expect(error).toMatchObject({ code: "notice-undelivered" });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/canary|Y2FuYXJ5/);
  return error.reason;
}

it("hands a notice to a relay on this machine, without a login and without TLS", async () => {
  const server = await startSmtp({ authOptional: true });
  await mailTo(smtpPlace(`smtp://127.0.0.1:${server.port}`)).notify(notice);
  expect(server.mails).toMatchObject([{ ...addresses, user: undefined, isSecure: false }]);
  const text = server.mails[0]?.text ?? "";
  expect(text).toMatch(/^Subject: PR Review MCP: 1 expiry to see to\r$/m);
  expect(text).toMatch(/^From: PR Review MCP <pr-review@acme\.example>\r$/m);
  expect(text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(text).toContain("zo=C3=AB");
});

it("logs in over TLS from the first byte, with a password of any characters", async () => {
  const certificate = await mailCertificate();
  const server = await startSmtp({ secure: true, ...certificate });
  const trust = { ca: certificate.cert, servername: "mail.example" };
  await mailTo(placeAt(server.port, `smtps://${login}mail.example`), { trust }).notify(notice);
  expect(server.logins).toEqual([{ user: mailUser, pass: mailPassword, isSecure: true }]);
  expect(server.mails).toMatchObject([{ user: mailUser, isSecure: true }]);
});

it("logs in after STARTTLS", async () => {
  const certificate = await mailCertificate();
  const server = await startSmtp(certificate);
  const trust = { ca: certificate.cert, servername: "mail.example" };
  await mailTo(placeAt(server.port, `smtp://${login}mail.example`), { trust }).notify(notice);
  expect(server.logins).toEqual([{ user: mailUser, pass: mailPassword, isSecure: true }]);
  expect(server.mails).toMatchObject([{ user: mailUser, isSecure: true }]);
});

it("sends no password to another machine without TLS", async () => {
  const server = await startSmtp({ disabledCommands: ["STARTTLS"], allowInsecureAuth: true });
  const mail = mailTo(placeAt(server.port, `smtp://${login}mail.example`));
  expect(await refusalOf(mail)).toBe("ETLS");
  expect([server.logins, server.mails]).toEqual([[], []]);
});

it("sends no password to a server whose certificate nobody trusts", async () => {
  const certificate = await mailCertificate();
  const places = [
    [await startSmtp({ secure: true, ...certificate }), "smtps"],
    [await startSmtp(certificate), "smtp"],
  ] as const;
  for (const [server, protocol] of places) {
    const mail = mailTo(placeAt(server.port, `${protocol}://${login}mail.example`));
    expect(await refusalOf(mail)).toMatch(/SELF_SIGNED|ETLS|CERT/);
    expect([server.logins, server.mails]).toEqual([[], []]);
  }
});

it("uses TLS where it is offered to a mail without a login", async () => {
  const certificate = await mailCertificate();
  const server = await startSmtp({ ...certificate, authOptional: true });
  const trust = { ca: certificate.cert, servername: "mail.example" };
  await mailTo(placeAt(server.port, "smtp://mail.example"), { trust }).notify(notice);
  expect(server.mails).toMatchObject([{ user: undefined, isSecure: true }]);
});

it("tells a wrong password by its code, and shows neither password nor answer", async () => {
  const server = await startSmtp({ allowInsecureAuth: true });
  const url = `smtp://${mailUser}:canary-wrong@127.0.0.1:${server.port}`;
  expect(await refusalOf(mailTo(smtpPlace(url)))).toBe("EAUTH");
  expect(server.logins).toMatchObject([{ pass: "canary-wrong" }]);
  expect(server.mails).toEqual([]);
});

it("sends nothing to a server that offers no login, when it was given one", async () => {
  const server = await startSmtp({ disabledCommands: ["AUTH"] });
  expect(await refusalOf(mailTo(smtpPlace(`smtp://${login}127.0.0.1:${server.port}`)))).toMatch(
    /^E/,
  );
  expect(server.mails).toEqual([]);
});

it("counts the recipients that are refused, and fails when all are", async () => {
  const refuse = (refused: readonly string[]) =>
    startSmtp({
      authOptional: true,
      onRcptTo: ({ address }, _session, answer) =>
        answer(refused.includes(address) ? new Error("no such user") : null),
    });
  const counts: number[] = [];
  const onRefused = (recipients: number) => counts.push(recipients);
  const one = await refuse(["dev@acme.example"]);
  await mailTo(smtpPlace(`smtp://127.0.0.1:${one.port}`), { onRefused }).notify(notice);
  expect(one.mails).toMatchObject([{ to: ["ops@acme.example"] }]);
  const all = await refuse(addresses.to);
  const mail = mailTo(smtpPlace(`smtp://127.0.0.1:${all.port}`), { onRefused });
  expect(await refusalOf(mail)).toBe("EENVELOPE");
  expect(counts).toEqual([1]);
});

it("tells of a server that is not there, and of one that says nothing", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  onTestFinished(() => void silent.close());
  await new Promise((resolve) => silent.once("listening", resolve));
  const { port } = silent.address() as AddressInfo;
  const mail = mailTo(smtpPlace(`smtp://127.0.0.1:${port}`), { timeoutMs: 200 });
  expect(await refusalOf(mail)).toBe("TIMEOUT");

  const free = (await freeUrl()).replace("http:", "smtp:");
  expect(await refusalOf(mailTo(smtpPlace(free)))).toBe("ECONNREFUSED");
});

it("gives up when it is told to", async () => {
  const server = await startSmtp({ authOptional: true, onMailFrom: () => undefined });
  const stopping = new AbortController();
  const sending = rejectionOf(
    mailTo(smtpPlace(`smtp://127.0.0.1:${server.port}`)).notify(notice, stopping.signal),
  );
  setTimeout(() => stopping.abort(), 100);
  expect(await sending).toMatchObject({ reason: "EABORT" });
});
