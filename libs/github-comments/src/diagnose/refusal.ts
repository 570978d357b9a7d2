import type { Headers } from "../connection/retry-after.ts";

/** What one GraphQL error says. */
export interface GraphQLComplaint {
  readonly type?: string | undefined;
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** An answer by which GitHub refuses, in the shape of either of its APIs. */
export type Refusal =
  | {
      readonly kind: "http";
      readonly status: number;
      readonly headers: Headers;
      /** GitHub's own words. */
      readonly message: string;
    }
  | {
      readonly kind: "graphql";
      readonly errors: readonly GraphQLComplaint[];
      readonly headers: Headers;
    };
