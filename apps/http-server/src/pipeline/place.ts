import type { IncomingMessage } from "node:http";

import parseUrl from "parseurl";

import type { Handler } from "./handler.ts";

/** The path that a request asks for, read as Express reads it, so that no step is passed by. */
export function pathOf(req: IncomingMessage): string {
  return parseUrl(req)?.pathname ?? "/";
}

/**
 * Takes a step only with requests of that method to that path, and names the route as Express does; `GET`
 * takes `HEAD` too.
 */
export function on(method: "GET" | "POST" | "ANY", path: string, step: Handler): Handler {
  const route = { path };
  return (req, res, next) => {
    if (!takes(method, req.method) || !isAt(pathOf(req), path)) return next();
    Object.assign(req, { route });
    return step(req, res, next);
  };
}

/** Takes a step only with requests to one of those paths, or to anything below it. */
export function below(paths: readonly string[], step: Handler): Handler {
  return (req, res, next) => {
    const asked = pathOf(req);
    return paths.some((path) => isBelow(asked, path)) ? step(req, res, next) : next();
  };
}

function takes(method: string, asked: string | undefined): boolean {
  return method === "ANY" || asked === method || (method === "GET" && asked === "HEAD");
}

/** As Express compares: in any case, and with a slash at the end or without. */
function isAt(asked: string, path: string): boolean {
  if (asked === path) return true;
  return asked.length <= path.length + 1 && isBelow(asked, path);
}

/** Whether a path is `path`, in lower case, or anything below it. */
export function isBelow(asked: string, path: string): boolean {
  if (asked.slice(0, path.length).toLowerCase() !== path) return false;
  return asked.length === path.length || asked[path.length] === "/";
}
