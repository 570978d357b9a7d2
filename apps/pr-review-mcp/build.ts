/** Puts the built servers beside the bundle of this program, which so runs without the rest of the workspace. */
import { cp, rm } from "node:fs/promises";

for (const server of ["stdio-server", "http-server"]) {
  // What an earlier build left there would be mixed in.
  await rm(`dist/${server}`, { recursive: true, force: true });
  await cp(`../${server}/dist`, `dist/${server}`, { recursive: true });
}
