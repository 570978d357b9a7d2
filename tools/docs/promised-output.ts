/** The lines that an example says it prints: the comments behind its `console.log`s. */
export function promisedOutput(example: string): readonly string[] {
  return [...example.matchAll(/console\.log\(.*\); \/\/ (.+)/g)].map(([, line = ""]) => line);
}
