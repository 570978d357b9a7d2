/** The least that can be done, in a process of its own: `http-baseline.ts <raw|express> <port> <answer>`. */
import { createServer } from "node:http";

import express from "express";

const [kind, port, written = "{}"] = process.argv.slice(2);
const answer: unknown = JSON.parse(written);

if (kind === "raw") {
  createServer((req, res) => {
    let body = "";
    req.setEncoding("utf8");
    req.on("data", (chunk: string) => (body += chunk));
    req.on("end", () => {
      if (body !== "") JSON.parse(body);
      res.setHeader("Content-Type", "application/json");
      res.end(JSON.stringify(answer));
    });
  }).listen(Number(port), "127.0.0.1");
} else {
  const app = express();
  app.post("/api/fetch-comments", express.json({ limit: "1mb", strict: false }), (_req, res) => {
    res.json(answer);
  });
  app.listen(Number(port), "127.0.0.1");
}
