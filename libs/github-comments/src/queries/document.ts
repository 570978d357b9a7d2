import type { z } from "zod";

/** A GraphQL document together with the shape of its answer. */
export interface GraphQLDocument<T> {
  readonly text: string;
  readonly answer: z.ZodType<T>;
  /** Paths below which something may be missing and the rest be of use all the same. */
  readonly optional?: readonly (readonly string[])[];
}
