import { type InputRequests, inputRequired } from "@modelcontextprotocol/server";

/** A question to the model of the client. */
export function sampling(question: string): InputRequests[string] {
  const messages = [{ role: "user" as const, content: { type: "text" as const, text: question } }];
  return inputRequired.createMessage({ messages, maxTokens: 100 });
}

/** A question to the person at the client, answered with one text of that name. */
export function elicitation(message: string, field: string): InputRequests[string] {
  const properties = { [field]: { type: "string" as const } };
  const requestedSchema = { type: "object" as const, properties, required: [field] };
  return inputRequired.elicit({ message, requestedSchema });
}

/** A question for yes or no, in the field `ok`. */
export function confirmation(message: string): InputRequests[string] {
  const properties = { ok: { type: "boolean" as const } };
  return inputRequired.elicit({
    message,
    requestedSchema: { type: "object", properties, required: ["ok"] },
  });
}

/** A form of every primitive type, each with a default (SEP-1034). */
export const defaultsForm = inputRequired.elicit({
  message: "Please review these.",
  requestedSchema: {
    type: "object",
    properties: {
      name: { type: "string", default: "John Doe" },
      age: { type: "integer", default: 30 },
      score: { type: "number", default: 95.5 },
      status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
      verified: { type: "boolean", default: true },
    },
  },
});

const titled = ["First", "Second", "Third"].map((title, at) => ({
  const: `value${at + 1}`,
  title: `${title} Option`,
}));
const untitled = ["option1", "option2", "option3"];

/** A form of every way to choose from a list (SEP-1330). */
export const enumsForm = inputRequired.elicit({
  message: "Please choose.",
  requestedSchema: {
    type: "object",
    properties: {
      untitledSingle: { type: "string", enum: untitled },
      titledSingle: { type: "string", oneOf: titled },
      legacyEnum: {
        type: "string",
        enum: ["opt1", "opt2", "opt3"],
        enumNames: ["Option One", "Option Two", "Option Three"],
      },
      untitledMulti: { type: "array", items: { type: "string", enum: untitled } },
      titledMulti: { type: "array", items: { anyOf: titled } },
    },
  },
});
