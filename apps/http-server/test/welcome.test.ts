import { expect, it } from "vitest";

import { welcome } from "../src/welcome.ts";

const url = "http://127.0.0.1:8080";

it("says where the secrets are, and whether they are new", () => {
  const file = ".data/secrets.json";
  expect(welcome(url, { file, isNew: true })).toContain(
    `Made a secret key and an admin token in ${file}`,
  );
  expect(welcome(url, { file, isNew: false })).toContain(
    `admin token in ${file} (keep it private)`,
  );
  expect(welcome(url, { file: undefined, isNew: false })).not.toContain("keep it private");
});

it("names the folder of the admin token to the command line, where that is another", () => {
  const create = `npm run admin -- tokens create --user "$USER" --url ${url}`;
  const shown = (file: string | undefined) => welcome(url, { file, isNew: false });
  expect(shown(".data/secrets.json")).toContain(`     ${create}\n`);
  expect(shown(undefined)).toContain(`     ${create}\n`);
  expect(shown("/srv/keys/secrets.json")).toContain(`     MCP_DATA_DIR="/srv/keys" ${create}\n`);
});
