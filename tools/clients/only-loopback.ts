const program = `
import { Server } from "node:net";
const { listen } = Server.prototype;
Server.prototype.listen = function (port, done) {
  return listen.call(this, port, "127.0.0.1", done);
};`;

/** What Node imports first, so that a program that would listen on every address keeps to this machine. */
export const onlyLoopback = `data:text/javascript,${encodeURIComponent(program)}`;
