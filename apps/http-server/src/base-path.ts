import express, { type Express } from "express";

/** The app under a path as well as at the root, where probes look. */
export function underPath(app: Express, path: string | undefined): Express {
  if (path === undefined) return app;
  return express().disable("x-powered-by").use(path, app).use(app);
}
