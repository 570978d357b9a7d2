export {
  WebhookNotifier,
  type WebhookOptions,
  type WebhookTarget,
} from "./webhook/webhook-notifier.ts";
export { isWebhookUrl } from "./webhook/webhook-url.ts";
