import { deriveKey, type Keyring } from "@pr-review/token-store";

/** The keys of cursors that follow from a keyring: the first signs, cursors of all are accepted. */
export function cursorKeysOf(keyring: Keyring): readonly [Uint8Array, ...Uint8Array[]] {
  const former = keyring.keys.filter((key) => key !== keyring.current);
  return [
    deriveKey(keyring.current.root, "cursor/1"),
    ...former.map(({ root }) => deriveKey(root, "cursor/1")),
  ];
}
