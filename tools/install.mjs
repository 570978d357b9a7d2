/** Installs the dependencies when they are missing or older than the lock file: `npm start` is one command. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";

const installed = "node_modules/.package-lock.json";
const lock = "package-lock.json";
const { engines } = /** @type {{ engines: { node: string } }} */ (
  JSON.parse(readFileSync("package.json", "utf8"))
);

if (isOld(process.versions.node, engines.node)) {
  console.error(`error: This is Node ${process.versions.node}. Install a version ${engines.node}.`);
  process.exitCode = 1;
} else if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.log("Installing dependencies (npm ci), which takes a minute...");
  // Without its warnings, which are about packages that only our checks use.
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", args, { stdio: "inherit" });
  process.exitCode = status ?? 1;
}

/**
 * Whether a version such as 20.1.0 is none of a range such as >=20.19.
 *
 * @param {string} version
 * @param {string} range
 */
function isOld(version, range) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = range.replace(">=", "").split(".").map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
