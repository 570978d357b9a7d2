/**
 * The pattern of the route that took a request, such as `/admin/tokens/:key`. A request that was refused
 * before any route is named by `paths`, and `other` if its path is none of them: never by what was sent.
 */
export function routeOf(req: object, path: string, paths: ReadonlySet<string>): string {
  const route = "route" in req ? req.route : undefined;
  if (typeof route === "object" && route !== null && "path" in route) {
    if (typeof route.path === "string") return route.path;
  }
  return paths.has(path) ? path : "other";
}
