/** A flag in place of an environment variable that is a whole number. */
export interface NumberFlag {
  readonly flag: string;
  readonly variable: string;
  readonly meaning: string;
  /** Both included; those that the servers have for the variable. */
  readonly min: number;
  readonly max: number;
}

/** The flags that bound what one call reads. */
export const numberFlags: readonly NumberFlag[] = [
  {
    flag: "--max-pages",
    variable: "PR_FETCH_MAX_PAGES",
    meaning: "the most pages one call reads",
    min: 1,
    max: 200,
  },
  {
    flag: "--max-comments",
    variable: "PR_FETCH_MAX_COMMENTS",
    meaning: "the most comments one call reads",
    min: 100,
    max: 100_000,
  },
  {
    flag: "--per-page",
    variable: "HTTP_PER_PAGE",
    meaning: "threads that GitHub sends per page",
    min: 1,
    max: 100,
  },
  {
    flag: "--max-retries",
    variable: "HTTP_MAX_RETRIES",
    meaning: "further tries when GitHub is unavailable",
    min: 0,
    max: 10,
  },
];
