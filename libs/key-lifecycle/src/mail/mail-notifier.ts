import type { ConnectionOptions } from "node:tls";

import {
  createTransport,
  type SMTPSentMessageInfo,
  type SMTPTransportOptions,
  type Transporter,
} from "nodemailer";

import { LifecycleError } from "../errors.ts";
import type { Notice, Notifier } from "../notice.ts";
import { safeReason } from "../reason.ts";
import type { SmtpPlace } from "./smtp-place.ts";

type SmtpTransport = Transporter<SMTPSentMessageInfo, SMTPTransportOptions>;

/** From whom mail comes, and to whom it goes. */
export interface MailAddresses {
  readonly from: string;
  /** What the sender is called; `PR Review MCP` unless told. */
  readonly fromName?: string;
  readonly to: readonly string[];
}

/** How patient and how trusting mail is. */
export interface MailOptions {
  /** For one mail in all, in ms. */
  readonly timeoutMs?: number;
  /** Whom to trust in place of the authorities Node trusts. */
  readonly trust?: ConnectionOptions;
  /** Told how many recipients the mail server refused, when it took the mail for others. */
  readonly onRefused?: (recipients: number) => void;
}

/** Sends each notice as one mail of plain text to all recipients. */
export class MailNotifier implements Notifier {
  readonly name = "mail";
  readonly #transport: SmtpTransport;
  readonly #addresses: MailAddresses;
  readonly #timeoutMs: number;
  readonly #onRefused: (recipients: number) => void;

  constructor(place: SmtpPlace, addresses: MailAddresses, options: MailOptions = {}) {
    const { timeoutMs = 60_000, trust = {}, onRefused = () => undefined } = options;
    this.#transport = transportTo(place, { timeoutMs, trust });
    this.#addresses = addresses;
    this.#timeoutMs = timeoutMs;
    this.#onRefused = onRefused;
  }

  async notify({ subject, text }: Notice, signal?: AbortSignal): Promise<void> {
    const { from, fromName = "PR Review MCP", to } = this.#addresses;
    const limit = AbortSignal.timeout(this.#timeoutMs);
    try {
      const { rejected } = await this.#transport.sendMail({
        from: { name: fromName, address: from },
        to: [...to],
        subject,
        text,
        // RFC 3834: nobody's absence note needs to answer.
        headers: { "Auto-Submitted": "auto-generated" },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      if (rejected.length > 0) this.#onRefused(rejected.length);
    } catch (error) {
      const reason = limit.aborted ? "TIMEOUT" : reasonOf(error);
      throw new LifecycleError("notice-undelivered", reason, advice);
    }
  }
}

const advice = "Check where the mail server is, how to log in there, and the addresses.";

function transportTo(
  { host, port, login, tls }: SmtpPlace,
  { timeoutMs, trust }: Required<Pick<MailOptions, "timeoutMs" | "trust">>,
): SmtpTransport {
  const options: SMTPTransportOptions = {
    host,
    port,
    secure: tls === "always",
    requireTLS: tls === "required",
    ignoreTLS: tls === "never",
    tls: trust,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  };
  // Else a server that offers no login would be handed the mail without one.
  return createTransport(
    login === undefined ? options : { ...options, auth: login, forceAuth: true },
  );
}

/** The code below that of the library where there is one, for it says more: `ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "UNKNOWN";
  const below = "originalCode" in error ? error.originalCode : undefined;
  return safeReason(below ?? ("code" in error ? error.code : undefined));
}
