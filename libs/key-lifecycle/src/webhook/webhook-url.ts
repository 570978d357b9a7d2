/** Whether a text is an `https://` URL without a user; `http://` is for this machine only. */
export function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  const isSecure = protocol === "https:" || (protocol === "http:" && isLoopback);
  return isSecure && username + password === "";
}
