import { readFileSync } from "node:fs";

import { type Document, OpenAPIBackend, type Operation } from "openapi-backend";

import { formats } from "./formats.ts";

/** GitHub's OpenAPI description at work: finds operations, judges requests and answers. */
export class Contract {
  readonly #api: OpenAPIBackend;

  constructor(api: OpenAPIBackend) {
    this.#api = api;
  }

  find(request: RestRequest): Operation | undefined {
    return this.#api.matchOperation(request);
  }

  /** What is wrong with a request: its path, its query or its body. */
  checkRequest(request: RestRequest, operation: Operation): readonly string[] {
    return describe(this.#api.validateRequest(request, operation).errors);
  }

  /** What is wrong with an answer. Statuses GitHub does not document are not judged. */
  checkResponse(operation: Operation, status: number, body: unknown): readonly string[] {
    return describe(this.#api.validateResponse(body, operation, status).errors);
  }

  /** The values of `{...}` in the operation's path. */
  paramsOf(request: RestRequest, operation: Operation): Readonly<Record<string, string>> {
    const parsed = this.#api.router.parseRequest(request, operation);
    const values: unknown = parsed.params;
    return isTextRecord(values) ? values : {};
  }
}

/** A request below the REST base. */
export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string | string[]>;
  readonly body?: string;
}

/** The two editions of GitHub the double can stand in for. */
export type Edition = "api.github.com" | "ghes-3.19";

const loaded = new Map<Edition, Promise<Contract>>();

/** Loads an edition's contract, once per process. */
export async function loadContract(edition: Edition): Promise<Contract> {
  const known = loaded.get(edition) ?? load(edition);
  loaded.set(edition, known);
  return known;
}

async function load(edition: Edition): Promise<Contract> {
  const file = new URL(`../../openapi/${edition}.json`, import.meta.url);
  const definition: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isDocument(definition)) throw new Error(`${file.pathname} is no OpenAPI document`);
  admitNulls(definition);
  const api = new OpenAPIBackend({ definition, quick: true, apiRoot: "/", ajvOpts: { formats } });
  return new Contract(await api.init());
}

/** GitHub answers null here for outdated and file-level comments, though its description does not say so. */
function admitNulls(definition: Document): void {
  const comment = definition.components?.schemas?.["pull-request-review-comment"];
  const fields = comment !== undefined && "properties" in comment ? comment.properties : undefined;
  for (const name of ["line", "original_line"]) {
    Object.assign(fields?.[name] ?? {}, { nullable: true });
  }
}

function describe(errors: Failures): readonly string[] {
  return (errors ?? []).map(({ instancePath, message, params }) => {
    const where = instancePath === "" ? "" : `${instancePath} `;
    return `${where}${message ?? "is not valid"} ${JSON.stringify(params)}`;
  });
}

type Failures =
  | readonly { instancePath: string; message?: string | undefined; params: unknown }[]
  | null
  | undefined;

function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && "openapi" in value && "paths" in value;
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null;
}
