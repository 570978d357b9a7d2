import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from "graphql";

import { type Answer, json, refusal } from "./answer.ts";
import type { GraphQLBody } from "./call.ts";
import type { Visit } from "./github.ts";
import { checkDocument } from "./graphql/documents.ts";
import { run, toWire } from "./graphql/execute.ts";
import { type Price, priceOf } from "./graphql/price.ts";
import { Root } from "./graphql/root.ts";
import { githubSchema } from "./graphql/schema.ts";
import { smallIdOf } from "./model/identity.ts";
import { signOnHeader } from "./sign-on.ts";

const MOST_NODES = 500_000;

/**
 * Answers a GraphQL request. What is wrong with the query is answered 200 with `errors`, as GitHub
 * does; what a correct client never sends is reported too.
 */
export function answerGraphQL(visit: Visit, body: GraphQLBody): Answer {
  const { call, view } = visit;
  if (view.viewer.token === undefined) {
    return refusal(401, "This endpoint requires you to be authenticated.");
  }
  if (call.method !== "POST") return broken(visit, refusal(404, "Not Found"), "is not POST");
  if (body.text === undefined) {
    const answer = refusal(400, "A query attribute must be specified and must be a string.");
    return broken(visit, answer, "has no query text");
  }
  const { document, errors } = checkDocument(body.text);
  if (errors.length === 0 && document !== undefined) return perform(visit, body, document);
  const answer = json(200, { errors: errors.map(toWire) });
  return broken(visit, answer, errors.map(({ message }) => message).join("; "));
}

function perform(visit: Visit, body: GraphQLBody, document: DocumentNode): Answer {
  const operation = operationIn(document, body.operationName);
  if (operation === undefined) {
    const message = `No operation named "${body.operationName ?? ""}"`;
    return broken(visit, json(200, { errors: [{ message }] }), message);
  }
  const { coerced, errors } = getVariableValues(
    githubSchema(),
    operation.variableDefinitions ?? [],
    body.variables,
  );
  if (coerced === undefined) {
    const answer = json(200, { errors: errors.map(toWire) });
    return broken(visit, answer, errors.map(({ message }) => message).join("; "));
  }
  const price = priceOf(operation, fragmentsIn(document), coerced);
  return (
    tooManyNodes(visit, price) ?? overLimit(visit, price) ?? runIt(visit, body, document, price)
  );
}

function tooManyNodes(visit: Visit, { nodeCount }: Price): Answer | undefined {
  if (nodeCount <= MOST_NODES) return undefined;
  const message = `This query requests up to ${nodeCount.toLocaleString("en-US")} possible nodes which exceeds the maximum limit of ${MOST_NODES.toLocaleString("en-US")}.`;
  const errors = [{ type: "MAX_NODE_LIMIT_EXCEEDED", message }];
  return broken(visit, json(200, { data: null, errors }), message);
}

function overLimit({ state, view, limit }: Visit, { cost }: Price): Answer | undefined {
  const { key, token } = view.viewer;
  if (state.quotas.spend(key, "graphql", limit, cost)) return undefined;
  const message = `API rate limit exceeded for user ID ${smallIdOf(token?.login ?? "")}.`;
  const extensions = { code: "graphql_rate_limit" };
  return json(200, { errors: [{ type: "RATE_LIMIT", extensions, message }] });
}

function runIt(visit: Visit, body: GraphQLBody, document: DocumentNode, price: Price): Answer {
  const { state, view, limit } = visit;
  const quota = state.quotas.state(view.viewer.key, "graphql", limit);
  const root = new Root(view, price, quota);
  const done = run(document, root, body.variables, body.operationName);
  for (const problem of done.problems) report(visit, problem);
  // Of the errors a run gives, only missing sign-on has extensions.
  const lacksSignOn = done.body.errors?.some(({ extensions }) => extensions !== undefined) ?? false;
  return json(200, done.body, lacksSignOn ? signOnHeader(view.viewer) : {});
}

function broken(visit: Visit, answer: Answer, problem: string): Answer {
  report(visit, problem);
  return answer;
}

function report({ state, call }: Visit, problem: string): void {
  const operation = call.graphql?.operationName ?? "anonymous operation";
  state.report(`GraphQL ${operation}: ${problem}`);
}

function operationIn(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return operations.find((operation) => operation.name?.value === name) ?? operations[0];
}

function fragmentsIn(document: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> {
  const fragments = document.definitions.filter(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  return Object.fromEntries(fragments.map((node) => [node.name.value, node]));
}
