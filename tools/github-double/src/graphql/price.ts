import {
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  type GraphQLField,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

import { githubSchema } from "./schema.ts";

/** What a query costs before it runs, by GitHub's published formula. */
export interface Price {
  /** Points: requests for the connections, limits taken as reached, over 100, rounded, at least 1. */
  readonly cost: number;
  /** Nodes the query may return at most. */
  readonly nodeCount: number;
}

type Variables = Readonly<Record<string, unknown>>;

interface Tally {
  requests: number;
  nodes: number;
}

/**
 * Prices one operation.
 * Source: GitHub docs, "Rate limits and query limits for the GraphQL API".
 */
export function priceOf(
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  variables: Variables,
): Price {
  const tally: Tally = { requests: 0, nodes: 0 };

  const visit = (set: SelectionSetNode | undefined, type: string, times: number): void => {
    for (const selection of set?.selections ?? []) {
      if (isOff(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) visitField(selection, type, times);
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.selectionSet, selection.typeCondition?.name.value ?? type, times);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD) continue;
      const fragment = fragments[selection.name.value];
      visit(fragment?.selectionSet, fragment?.typeCondition.name.value ?? type, times);
    }
  };

  const visitField = (node: FieldNode, type: string, times: number): void => {
    const field = fieldOf(type, node.name.value);
    if (field === undefined) return;
    const resultType = getNamedType(field.type).name;
    const size = listSize(field, node, variables, resultType);
    if (size !== undefined) {
      tally.requests += times;
      tally.nodes += times * size;
    }
    visit(node.selectionSet, resultType, times * (size ?? 1));
  };

  const root = githubSchema().getRootType(operation.operation);
  visit(operation.selectionSet, root?.name ?? "Query", 1);
  return { cost: Math.max(1, Math.round(tally.requests / 100)), nodeCount: tally.nodes };
}

function fieldOf(typeName: string, name: string): GraphQLField<unknown, unknown> | undefined {
  const type = githubSchema().getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** How many nodes a field may list; `undefined` for fields that list none. */
function listSize(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Variables,
  resultType: string,
): number | undefined {
  if (!resultType.endsWith("Connection") && field.name !== "nodes") return undefined;
  const args = getArgumentValues(field, node, variables);
  if (Array.isArray(args["ids"])) return args["ids"].length;
  const size = args["first"] ?? args["last"];
  return typeof size === "number" ? size : undefined;
}

function isOff(selection: SelectionNode, variables: Variables): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variables);
  if (skip?.["if"] === true) return true;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.["if"] === false;
}
