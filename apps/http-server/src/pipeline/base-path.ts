import parseUrl from "parseurl";

import type { Handler } from "./handler.ts";
import { isBelow } from "./place.ts";

/**
 * Serves everything under a path as well as at the root, where probes look. The path moves to where
 * Express looks for it, so that addresses in answers can name it.
 */
export function underPath(baseUrl: string): Handler {
  const base = baseUrl.toLowerCase();
  return (req, _res, next) => {
    const { pathname, search } = parseUrl(req) ?? {};
    if (pathname && isBelow(pathname, base)) {
      const url = `${pathname.slice(base.length) || "/"}${search ?? ""}`;
      Object.assign(req, { originalUrl: req.url, baseUrl, url });
    }
    next();
  };
}
