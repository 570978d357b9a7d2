import { deriveKey, Keyring, Seal } from "../../src/index.ts";

const root = Buffer.from("0123456789abcdefghijklmnopqrstuv");

/** The ring that the tests write token files with. */
export const keys = [{ id: "k1", key: deriveKey(root, "snapshot/1") }];

/** The seal that the tests issue keys with. */
export const seal = new Seal(Keyring.of(root));
