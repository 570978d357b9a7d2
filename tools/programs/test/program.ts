import { deriveKey } from "@pr-review/token-store";

// Says that it is up, by way of one of our packages, and then what it hears, until it is told to end.
process.stdout.write(`${typeof deriveKey}\n`);
process.stdin.on("data", (text) => {
  process.stdout.write(text);
  if (String(text) === "end\n") process.exit(3);
});
