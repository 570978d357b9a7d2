import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { Router } from "express";
import { contentSecurityPolicy } from "helmet";

/** Addresses are relative, so that the page works under any path a proxy puts before it. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>PR Review MCP: HTTP API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css" />
  </head>
  <body>
    <div id="api"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/show.js"></script>
  </body>
</html>
`;

// Without a validator's address the page would send the document to one on the internet.
const script = `SwaggerUIBundle({ url: "openapi.json", dom_id: "#api", validatorUrl: null });\n`;

/** `/docs`: the HTTP API to read and try, by Swagger UI from this server alone. */
export function docsRoutes(): Router {
  const router = Router({ strict: true });
  // On plain HTTP the page must not be told to load its parts over HTTPS.
  const policy = contentSecurityPolicy({ directives: { upgradeInsecureRequests: null } });
  router.get("/docs", policy, (_req, res) => {
    res.type("html").send(page);
  });
  router.get("/docs/", (_req, res) => {
    res.redirect("../docs");
  });
  router.get("/docs/show.js", (_req, res) => {
    res.type("js").send(script);
  });
  const options = { index: false, redirect: false, immutable: true, maxAge: "1d" } as const;
  for (const file of ["swagger-ui.css", "swagger-ui-bundle.js"]) {
    router.get(`/docs/${file}`, (_req, res) => {
      res.sendFile(file, { root: swaggerUiFolder(), ...options });
    });
  }
  return router;
}

/** Beside the bundle, where the build puts them; in their package when the sources run. */
function swaggerUiFolder(): string {
  const bundled = fileURLToPath(new URL("swagger-ui", import.meta.url));
  if (existsSync(bundled)) return bundled;
  return dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
}
