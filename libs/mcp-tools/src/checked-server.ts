import {
  type JSONRPCRequest,
  ProtocolError,
  ProtocolErrorCode,
  type Result,
  Server,
  type ServerContext,
} from "@modelcontextprotocol/server";

type Handler = (request: JSONRPCRequest, context: ServerContext) => Promise<Result>;

/**
 * A server that answers parameters of a wrong shape with -32602, as JSON-RPC 2.0 says (section 5.1); the
 * SDK's own blames itself (-32603) and recites its schema. Its handlers must throw only `ProtocolError`.
 */
export class CheckedServer extends Server {
  // oxlint-disable-next-line no-underscore-dangle -- the SDK's name of the hook for subclasses
  protected override _wrapHandler(method: string, handler: Handler): Handler {
    // oxlint-disable-next-line no-underscore-dangle -- as above
    return super._wrapHandler(method, async (request, context) => {
      try {
        return await handler(request, context);
      } catch (error) {
        if (error instanceof ProtocolError) throw error;
        const message = `The parameters of ${method} have a wrong shape.`;
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
      }
    });
  }
}
