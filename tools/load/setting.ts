/** Milliseconds that GitHub takes for each answer. */
export const latencyMs = 80;

/** About what Node takes by itself in a container of 512 MB; elsewhere it would leave more lying about. */
export const heapMb = 256;
