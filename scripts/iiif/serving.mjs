// Plain servers on the loopback: files as they are, with CORS; and the viewers' own pages, from another origin.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";

const KINDS = { ".json": "application/json", ".jpg": "image/jpeg", ".png": "image/png", ".js": "text/javascript", ".html": "text/html; charset=utf-8" };

function listening(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function sendFile(file, response, headers) {
  const there = statSync(file, { throwIfNoEntry: false });
  if (!there?.isFile()) return response.writeHead(404, headers).end();
  response.writeHead(200, { ...headers, "Content-Type": KINDS[path.extname(file)] ?? "application/octet-stream", "Content-Length": there.size });
  createReadStream(file).pipe(response);
}

// What is in `withheld` is answered as if it were not there.
export function serveFolder(folder, base, withheld) {
  const { port, pathname } = new URL(base);
  const prefix = pathname.replace(/\/$/, "");
  const server = createServer((request, response) => {
    const headers = { "Access-Control-Allow-Origin": "*", "Cache-Control": "no-store" };
    const place = decodeURIComponent(new URL(request.url, base).pathname);
    const file = path.join(folder, place.slice(prefix.length));
    if (!place.startsWith(`${prefix}/`) || withheld.has(place)) return response.writeHead(404, headers).end();
    sendFile(file, response, headers);
  });
  return listening(server, Number(port));
}

// `pages`: address to text; `folders`: first part of an address to a folder.
export async function servePages(pages, folders) {
  const server = createServer((request, response) => {
    const place = new URL(request.url, "http://127.0.0.1").pathname;
    if (pages[place]) return response.writeHead(200, { "Content-Type": KINDS[".html"] }).end(pages[place]);
    const [, first, ...others] = place.split("/");
    if (!folders[first]) return response.writeHead(404).end();
    sendFile(path.join(folders[first], ...others), response, {});
  });
  await listening(server, 0);
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}
