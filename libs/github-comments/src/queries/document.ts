import type { z } from "zod";

/** A GraphQL document together with the shape of its answer. */
export interface GraphQLDocument<T> {
  readonly text: string;
  readonly answer: z.ZodType<T>;
}
