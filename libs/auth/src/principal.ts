/** Who a request acts for, and the one credential it may use. Never log it whole. */
export interface Principal {
  /** The public id of the key that was presented. */
  readonly keyId: string;
  readonly userId: string | undefined;
  /** What this request shows to GitHub, and the only host it may be shown to. */
  readonly credential: { readonly token: string; readonly host: string };
}
