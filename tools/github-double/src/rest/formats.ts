/**
 * The formats GitHub's description names, as checks. Those of JSON's numbers hold for every number
 * that can be sent.
 */
export const formats = {
  uri: (text: string): boolean => URL.canParse(text),
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  email: /^[^\s@]+@[^\s@]+$/,
  int64: true,
} as const;
