/** The file of secrets holds something else; the message names it, and quotes nothing of it. */
export class SecretsFileError extends Error {
  override readonly name = "SecretsFileError";
  readonly code = "damaged-secrets";

  constructor(path: string) {
    super(`${path} is damaged. Restore it, or remove it to start over with new secrets.`);
  }
}
