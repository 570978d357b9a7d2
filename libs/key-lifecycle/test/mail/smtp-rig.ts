import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { generate } from "selfsigned";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";

/** A mail as the server took it. */
export interface TakenMail {
  readonly to: readonly string[];
  readonly from: string;
  readonly user: string | undefined;
  readonly isSecure: boolean;
  readonly text: string;
}

/** A real mail server of a test. */
export interface SmtpRig {
  readonly port: number;
  readonly mails: TakenMail[];
  /** Logins that were tried. */
  readonly logins: { readonly user: string; readonly pass: string; readonly isSecure: boolean }[];
}

export const mailUser = "reporter";
export const mailPassword = "canary pa:ss@wörd/4f2a";

/** Starts a mail server that knows one user; it ends with the test. */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<SmtpRig> {
  const mails: TakenMail[] = [];
  const logins: SmtpRig["logins"] = [];
  const server = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth({ username = "", password }, session, answer) {
      const pass = password ?? "";
      logins.push({ user: username, pass, isSecure: session.secure });
      const isRight = username === mailUser && pass === mailPassword;
      answer(isRight ? null : new Error(`No: ${pass}`), isRight ? { user: username } : undefined);
    },
    onData(stream, { envelope, secure, user }, answer) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push({
          to: envelope.rcptTo.map(({ address }) => address),
          from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
          // `false` for nobody, once TLS began anew.
          user: typeof user === "string" ? user : undefined,
          isSecure: secure,
          text: Buffer.concat(chunks).toString("utf8"),
        });
        answer();
      });
    },
    ...options,
  });
  // Clients that give up in the middle are what some tests are about.
  server.on("error", () => undefined);
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (listener.address() as AddressInfo).port, mails, logins };
}

/** A certificate for `mail.example` that nobody has signed but itself. */
export async function mailCertificate(): Promise<{ readonly key: string; readonly cert: string }> {
  const name = [{ name: "commonName", value: "mail.example" }];
  const made = await generate(name, {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "mail.example" }] }],
  });
  return { key: made.private, cert: made.cert };
}
