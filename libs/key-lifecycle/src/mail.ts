export { type MailAddresses, MailNotifier, type MailOptions } from "./mail/mail-notifier.ts";
export { isSmtpUrl, smtpPlace, type SmtpPlace } from "./mail/smtp-place.ts";
