import { startRemoteDouble } from "./double-client.ts";
import { measureReading } from "./reading.ts";
import type { Row } from "./rows.ts";
import { measureText } from "./text.ts";

/** Reading 1,000 comments at 80 ms a request, beside what others do; then what follows the reading. */
export async function fetchBench(): Promise<readonly Row[]> {
  const double = await startRemoteDouble({ LATENCY_MS: "80", THREADS: "400" });
  const large = await startRemoteDouble({ LATENCY_MS: "0", THREADS: "4000" });
  try {
    return [...(await measureReading(double)), ...(await measureText(double, large))];
  } finally {
    await double.stop();
    await large.stop();
  }
}
