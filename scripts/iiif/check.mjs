// What scripts/check-iiif does in the browser. Every complaint is printed and counted; the exit code is 1 if there is one.
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";
import { serveFolder, servePages } from "./serving.mjs";
import { readAll, scaleOf, tilesOf } from "./tree.mjs";

const args = process.argv.slice(2);
const option = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const folder = option("--exported");
const pictures = option("--pictures");
const mapName = option("--map") ?? "map-taberd-1838";
const documentName = option("--document") ?? "doc-chau-ban";
if (pictures) mkdirSync(pictures, { recursive: true });

let complaints = [];
let aloud = true;
const complain = (text) => {
  complaints.push(text);
  if (aloud) console.log(`  ✗ ${text}`);
};
const PATIENCE_MILLIS = 120_000;
const WINDOW = { width: 1280, height: 800 };
const NOTHING_DRAWN_COLOURS = 100;
const ALIKE = 10;
// What React tells the makers of Mirador.
const REACT_ADVICE = "Accessing element.ref was removed in React 19.";

const base = JSON.parse(readFileSync(path.join(folder, "collection.json"), "utf8")).id.replace(/\/collection\.json$/, "");
if (new URL(base).hostname !== "127.0.0.1") {
  console.log(`${base}: chỉ thử được bản xuất cho http://127.0.0.1:PORT · only an export for http://127.0.0.1:PORT can be tried`);
  process.exit(2);
}
const withheld = new Set();
const files = await serveFolder(folder, base, withheld);

const head = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>check-iiif</title><link rel="icon" href="data:,"><style>html, body, #viewer { margin: 0; height: 100%; position: relative; background: #fff }</style><div id="viewer"></div>';
// The lines of a document transcribe and translate; Mirador lists comments and tags unless it is told more.
const miradorPage = `${head}<script src="/mirador/dist/mirador.min.js"></script><script>
  const manifestId = new URL(location).searchParams.get("open");
  Mirador.viewer({
    id: "viewer", language: "vi",
    annotations: { filteredMotivations: ["commenting", "tagging", "transcribing", "translating"] },
    window: { allowClose: false, allowMaximize: false, sideBarOpen: true, sideBarPanel: "info", defaultSidebarPanelWidth: 330 },
    windows: [{ id: "only", manifestId, highlightAllAnnotations: true }],
    workspaceControlPanel: { enabled: false },
  });
  globalThis.viewerOf = () => Mirador.OSDReferences.get("only")?.current;
</script>`;
// On a plain canvas, since the other drawer, which Mirador uses, does not tell of tiles that are drawn.
const openSeadragonPage = `${head}<script src="/openseadragon/openseadragon.min.js"></script><script>
  globalThis.seen = { drawn: {}, failed: [] };
  const viewer = OpenSeadragon({
    id: "viewer", prefixUrl: "/openseadragon/images/", tileSources: new URL(location).searchParams.get("open"),
    showNavigator: true, crossOriginPolicy: "Anonymous", drawer: "canvas",
  });
  viewer.addHandler("tile-drawn", ({ tile }) => { seen.drawn[tile.level] = (seen.drawn[tile.level] ?? 0) + 1; });
  viewer.addHandler("tile-load-failed", ({ tile, message }) => seen.failed.push(tile.getUrl() + ": " + message));
  viewer.addHandler("open-failed", ({ message }) => seen.failed.push(message));
  globalThis.viewerOf = () => viewer;
</script>`;
const openSeadragon = path.dirname(createRequire(import.meta.url).resolve("openseadragon/build/openseadragon/openseadragon.min.js"));
const own = await servePages(
  { "/mirador.html": miradorPage, "/openseadragon.html": openSeadragonPage },
  { mirador: process.env.MIRADOR, openseadragon: openSeadragon },
);
// Even what no page reports stays on this machine.
const stay = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", stay] });

async function open(address) {
  const context = await browser.newContext({ viewport: WINDOW, locale: "vi-VN" });
  const page = await context.newPage();
  page.tiles = new Set();
  page.setDefaultTimeout(PATIENCE_MILLIS);
  page.on("request", (request) => {
    const url = request.url();
    const atHome = [`${base}/`, `${own.origin}/`, "data:", "blob:", "about:"].some((start) => url.startsWith(start));
    if (!atHome) complain(`a request leaves the host: ${url}`);
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // A viewer takes back what it no longer wants while it moves.
    if (why !== "net::ERR_ABORTED") complain(`a request failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complain(`${response.status()}: ${response.url()}`);
    else if (response.url().startsWith(`${base}/images/`)) page.tiles.add(response.url());
  });
  page.on("console", (message) => {
    const advice = message.text().startsWith(REACT_ADVICE);
    if (message.type() === "error" && !advice) complain(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complain(`script: ${error.message}`));
  await page.goto(`${own.origin}/${address}`);
  return page;
}

const finest = (page) => Math.min(...[...page.tiles].map(scaleOf).filter(Boolean));

// All tiles of the present view are there and drawn, and nothing moves any more.
async function settled(page, what) {
  const still = () => {
    const viewer = globalThis.viewerOf?.();
    const image = viewer?.world.getItemAt(0);
    if (!image?.getFullyLoaded() || viewer.isAnimating?.()) return false;
    const view = JSON.stringify(viewer.viewport.getBounds(true));
    const same = view === globalThis.lastView;
    globalThis.lastView = view;
    return same;
  };
  try {
    await page.waitForFunction(still, null, { polling: 400 });
  } catch {
    complain(`${what}: tiles are not drawn within ${PATIENCE_MILLIS / 1000} s`);
  }
}

// The picture's part of the screen, small, beside the whole picture as its service gives it, equally small.
async function looksLikeItsPicture(page, what) {
  const area = await page.evaluate(() => {
    const viewer = globalThis.viewerOf();
    const image = viewer.world.getItemAt(0);
    const { x, y } = image.source.dimensions;
    const onScreen = (point) => image.imageToViewerElementCoordinates(Object.assign(viewer.viewport.getCenter(), point));
    const [corner, end] = [onScreen({ x: 0, y: 0 }), onScreen({ x, y })];
    const box = viewer.element.getBoundingClientRect();
    return { x: box.x + corner.x, y: box.y + corner.y, width: end.x - corner.x, height: end.y - corner.y, max: `${image.source["@id"] ?? image.source.id}/full/max/0/default.jpg` };
  });
  const { max, ...clip } = area;
  const shot = (await page.screenshot({ clip })).toString("base64");
  const told = await page.evaluate(async ([screen, whole]) => {
    const small = async (address, side) => {
      const bitmap = await createImageBitmap(await (await fetch(address)).blob());
      const canvas = new OffscreenCanvas(side ?? bitmap.width, side ?? bitmap.height);
      const context = canvas.getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return context.getImageData(0, 0, canvas.width, canvas.height).data;
    };
    const [a, b] = [await small(screen, 24), await small(whole, 24)];
    let sum = 0;
    for (let at = 0; at < a.length; at += 1) sum += Math.abs(a[at] - b[at]);
    return sum / (a.length * 0.75);
  }, [`data:image/png;base64,${shot}`, max]);
  if (!(told < ALIKE)) complain(`${what}: the screen differs from the picture by ${told.toFixed(1)} of 255`);
  return told;
}

async function coloursDrawn(page, what) {
  const box = await page.evaluate(() => {
    const { x, y, width, height } = globalThis.viewerOf().element.getBoundingClientRect();
    return { x, y, width, height };
  });
  const shot = (await page.screenshot({ clip: box })).toString("base64");
  const colours = await page.evaluate(async (screen) => {
    const bitmap = await createImageBitmap(await (await fetch(screen)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
  }, `data:image/png;base64,${shot}`);
  if (colours < NOTHING_DRAWN_COLOURS) complain(`${what}: the canvas is empty (${colours} colours)`);
  return colours;
}

const keep = (page, name) => pictures && page.screenshot({ path: path.join(pictures, name), type: "jpeg", quality: 82 });
const inVietnamese = (words) => (words?.vi ?? []).join(" ");
// Of a text that a manifest marks as HTML, what a reader sees of each paragraph.
const SIGNS = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const paragraphs = (text) => text.startsWith("<")
  ? text.split("</p>").map((part) => part.replace(/<[^>]*>/g, "").replace(/&(lt|gt|amp);/g, (sign) => SIGNS[sign])).filter(Boolean)
  : [text];
const notesOf = (manifest) => manifest.items[0].annotations.flatMap((page) => page.items);

// Where something is told on the picture, or its middle.
function spotOf(manifest) {
  const { width, height } = manifest.items[0];
  const selector = notesOf(manifest).map((note) => note.target.selector).find((one) => one?.type === "PointSelector");
  return selector ? { x: selector.x, y: selector.y } : { x: width / 2, y: height / 2 };
}

async function wordsAreShown(page, manifest, what) {
  const { label, summary } = manifest;
  const panel = page.locator(".mirador-companion-window-left");
  await panel.waitFor();
  const title = await page.locator(".mirador-window-top-bar").first().innerText();
  if (!title.includes(inVietnamese(label))) complain(`${what}: the title is “${title}”`);
  const wanted = [inVietnamese(label), ...paragraphs(summary?.vi?.[0] ?? ""), inVietnamese(manifest.items[0].label), ...manifest.metadata.flatMap((pair) => [...pair.label.vi, ...(pair.value.vi ?? [])])];
  const shown = (await panel.innerText()).replaceAll(/\s+/g, " ");
  for (const words of wanted) {
    if (!shown.toLowerCase().includes(words.toLowerCase().replaceAll(/\s+/g, " "))) complain(`${what}: not shown: ${words}`);
  }
  return wanted.length;
}

async function annotationsAreListed(page, manifest, what) {
  await page.getByRole("tab", { name: "Chú giải" }).click();
  const notes = notesOf(manifest).filter((note) => note.body.type === "TextualBody");
  const panel = page.locator(".mirador-companion-window-left");
  await panel.getByText(notes[0].body.value).first().waitFor().catch(() => undefined);
  const shown = (await panel.innerText()).replaceAll(/\s+/g, " ");
  for (const { body } of notes) {
    if (!shown.includes(body.value.replaceAll(/\s+/g, " "))) complain(`${what}: not listed: ${body.value}`);
  }
  return notes.length;
}

// As a reader would: the wheel turned over the spot, until the finest tiles come.
async function zoomedIn(page, spot, what) {
  const coarse = finest(page);
  for (let turn = 0; turn < 40 && finest(page) > 1; turn += 1) {
    const at = await page.evaluate(({ x, y }) => {
      const viewer = globalThis.viewerOf();
      const image = viewer.world.getItemAt(0);
      const point = image.imageToViewerElementCoordinates(Object.assign(viewer.viewport.getCenter(), { x, y }));
      const box = viewer.element.getBoundingClientRect();
      return { x: box.x + point.x, y: box.y + point.y };
    }, spot);
    await page.mouse.move(at.x, at.y);
    await page.mouse.wheel(0, -240);
    await page.waitForTimeout(400);
  }
  await settled(page, what);
  if (finest(page) !== 1) complain(`${what}: the finest tiles are never asked for (1:${finest(page)})`);
  else if (coarse <= 1) complain(`${what}: the finest tiles were there from the start`);
  return coarse;
}

async function inMirador(name, manifest) {
  const what = `Mirador, ${name}`;
  const page = await open(`mirador.html?open=${encodeURIComponent(`${base}/${name}/manifest.json`)}`);
  await settled(page, what);
  const words = await wordsAreShown(page, manifest, what);
  const notes = await annotationsAreListed(page, manifest, what);
  await settled(page, what);
  const apart = await looksLikeItsPicture(page, what);
  const before = page.tiles.size;
  if (name === mapName) await keep(page, "mirador.jpg");
  const coarse = await zoomedIn(page, spotOf(manifest), what);
  const colours = await coloursDrawn(page, what);
  console.log(`== ${what}: ${words} lời · words, ${notes} chú giải · annotations, lệch · apart ${apart.toFixed(1)}/255, ô · tiles ${before} (1:${coarse}) → ${page.tiles.size} (1:${finest(page)}), ${colours} màu · colours`);
  await page.context().close();
}

async function inOpenSeadragon(name, manifest, picture) {
  const what = `OpenSeadragon, ${name}`;
  const service = manifest.items[0].items[0].items[0].body.service[0].id;
  const page = await open(`openseadragon.html?open=${encodeURIComponent(`${service}/info.json`)}`);
  await settled(page, what);
  const apart = await looksLikeItsPicture(page, what);
  await zoomedIn(page, spotOf(manifest), what);
  const colours = await coloursDrawn(page, what);
  const { drawn, failed, deepest } = await page.evaluate(() => ({ ...globalThis.seen, deepest: globalThis.viewerOf().world.getItemAt(0).source.maxLevel }));
  if (!drawn[deepest]) complain(`${what}: nothing is drawn at level ${deepest} (${Object.keys(drawn)})`);
  for (const message of failed) complain(`${what}: tile-load-failed ${message}`);
  if (picture) await keep(page, "openseadragon.jpg");
  console.log(`== ${what}: lệch · apart ${apart.toFixed(1)}/255, ${page.tiles.size} ô · tiles, tầng đã vẽ · levels drawn ${Object.keys(drawn).join(" ")} / ${deepest}, ${failed.length} hỏng · failed, ${colours} màu · colours`);
  await page.context().close();
}

// The finest tile under the spot is withheld: reading all and looking must both tell.
async function noticesAMissingTile(name, manifest) {
  const service = manifest.items[0].items[0].items[0].body.service[0].id;
  const { x, y } = spotOf(manifest);
  const covers = (tile) => tile.scale === 1 && tile.x <= x && x < tile.x + tile.wide && tile.y <= y && y < tile.y + tile.high;
  const tile = tilesOf(await (await fetch(`${service}/info.json`)).json()).find(covers);
  withheld.add(new URL(tile.url).pathname);
  const found = complaints;
  const told = [];
  aloud = false;
  for (const look of [() => readAll(base, complain), () => inOpenSeadragon(name, manifest, false)]) {
    complaints = [];
    await look();
    told.push(complaints.filter((text) => text.includes(tile.url)).length);
  }
  aloud = true;
  complaints = found;
  withheld.clear();
  if (told.includes(0)) complain(`a missing tile is not noticed: ${told}`);
  console.log(`== thiếu một ô · a tile withheld: báo · told ${told.join(", ")}`);
}

const { manifests, counted } = await readAll(base, complain);
console.log(`== ${base}: ${Object.entries(counted).map(([name, count]) => `${count} ${name}`).join(", ")}`);
for (const name of [mapName, documentName]) {
  if (manifests[name]) await inMirador(name, manifests[name]);
  else complain(`${name}: no such manifest`);
}
if (manifests[mapName]) {
  await inOpenSeadragon(mapName, manifests[mapName], true);
  await noticesAMissingTile(mapName, manifests[mapName]);
}
await browser.close();
files.close();
own.server.close();
console.log(complaints.length === 0 ? "OK: không có gì sai · nothing wrong" : `${complaints.length} lỗi · complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
