/** A start that was asked for in a way that cannot be; the message is one line and holds no secret. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly code: "bad-command-line" | "bad-setting";

  constructor(code: StartError["code"], message: string) {
    super(message);
    this.code = code;
  }

  /** What the program ends with: 78 is EX_CONFIG of sysexits.h, as the servers have it for settings. */
  get exitCode(): number {
    return this.code === "bad-setting" ? 78 : 2;
  }
}
