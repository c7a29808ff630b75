// What scripts/check-dashboard does in the browser. Every complaint is printed and counted; the exit code is 1 if there is one.
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const args = process.argv.slice(2);
const option = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const pictures = option("--pictures");
const user = option("--user");
const passphraseFile = option("--passphrase-file");
const period = option("--period");
const origin = new URL(args[0]).origin;
if (pictures) mkdirSync(pictures, { recursive: true });

const complaints = [];
const complain = (text) => {
  complaints.push(text);
  console.log(`  ✗ ${text}`);
};
const SIZES = { desk: { width: 1920, height: 1080 }, laptop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

async function open(settings) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("about:")) complain(`a request leaves the host: ${url}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complain(`console: ${message.text()} (${page.url()})`);
  });
  page.on("pageerror", (error) => complain(`script: ${error.message} (${page.url()})`));
  if (user) await signIn(page);
  return page;
}

async function signIn(page) {
  await page.goto(`${origin}/vi`);
  await page.fill("#name", user);
  await page.fill("#passphrase", readFileSync(passphraseFile, "utf8").split("\n")[0]);
  await page.press("#passphrase", "Enter");
  await page.waitForSelector("nav.menu");
}

// The first unit of each level, found by going down through the tables as a reader would.
async function units(page) {
  const found = [];
  await page.goto(`${origin}/vi`);
  let here = new URL(page.url()).pathname.split("/")[3];
  for (;;) {
    found.push(here);
    await page.goto(`${origin}/vi/places/${here}`);
    const link = page.locator("#table-places tbody th a").first();
    if ((await link.count()) === 0) return found;
    here = new URL(await link.getAttribute("href"), origin).pathname.split("/")[3];
  }
}

function pathsOf(list) {
  const paths = [];
  for (const [index, unit] of list.entries()) {
    for (const name of ["overview", "items", "places", "kiosks", "reports"]) {
      if (index === 0 || index === list.length - 1 || name === "overview" || name === "places") paths.push(`${name}/${unit}`);
    }
  }
  if (period) paths.forEach((where, index) => (paths[index] = `${where}?${period}`));
  const day = "period=own&first=2026-11-18&last=2026-11-18";
  paths.push(`overview/${list.at(-1)}?${day}`, `kiosks/${list[0]}?show=marked`, `places/${list[0]}?q=zzzz`);
  return paths;
}

async function audit(page, name) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  for (const violation of result.violations) {
    const nodes = violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.any.map((check) => check.message).join("; ")}`);
    complain(`axe ${violation.id} (${violation.impact}) on ${name}: ${violation.nodes.length}×, ${nodes.join(" | ")}`);
  }
}

async function checkLayout(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) complain(`${name}: ${wide} px wider than the window`);
  const small = await page.evaluate(() => {
    const smallest = window.innerWidth > 760 ? 16 : 13;
    const texts = [...document.querySelectorAll("body *")].filter((node) =>
      [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim() !== ""),
    );
    return texts.filter((node) => parseFloat(getComputedStyle(node).fontSize) < smallest && parseFloat(getComputedStyle(node).fontSize) > 0).map((node) => node.textContent.trim().slice(0, 40));
  });
  if (small.length > 0) complain(`${name}: text too small: ${small.slice(0, 3).join(" | ")}`);
  for (const [what, where] of Object.entries(await page.evaluate(badlySet))) {
    if (where.length > 0) complain(`${name}: ${what}: ${where.length}×, ${where.slice(0, 3).join(" | ")}`);
  }
}

// Runs in the page: what is cut off, what runs into its neighbour, what leaves its card, what stands one word a line.
function badlySet() {
  const words = (node) => node.textContent.trim().replaceAll(/\s+/g, " ").slice(0, 40);
  const clipped = (node) => node !== null && (getComputedStyle(node).clipPath !== "none" || clipped(node.parentElement));
  const seen = (node) => node.checkVisibility() && !clipped(node) && !node.closest(".vh, details:not([open]) > :not(summary)") && words(node) !== "";
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
  // Where the letters are, not the box around them.
  const ink = (node) => {
    const boxes = [];
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (texts.currentNode.textContent.trim() === "" || texts.currentNode.parentElement.closest(".vh")) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      boxes.push(...range.getClientRects());
    }
    const most = (pick, of) => (boxes.length === 0 ? node.getBoundingClientRect()[of] : pick(...boxes.map((box) => box[of])));
    return { left: most(Math.min, "left"), right: most(Math.max, "right"), top: most(Math.min, "top"), bottom: most(Math.max, "bottom") };
  };
  const overlap = (one, two) => one.right > two.left + 1 && two.right > one.left + 1 && one.bottom > two.top + 1 && two.bottom > one.top + 1;
  const cut = all("td, th, dt, dd, h2, .label, .note, .key-value, .key-below, .button, .tool, .menu a, .heat-day, .heat-hour").filter((node) => {
    const style = getComputedStyle(node);
    const wide = node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0;
    const high = node.scrollHeight > node.clientHeight + 3 && style.overflowY !== "visible" && node.clientHeight > 0;
    return style.display !== "inline" && (high || (wide && !node.matches(".dense .label")));
  });
  const collisions = [];
  for (const selector of [".label", ".heat-hour", ".standing text"]) {
    for (const card of document.querySelectorAll(".card")) {
      const labels = [...card.querySelectorAll(selector)].filter(seen).map((node) => [words(node), ink(node)]);
      labels.forEach(([text, box], index) => {
        const next = labels[index + 1];
        if (next && overlap(box, next[1])) collisions.push(`${text} / ${next[0]}`);
      });
    }
  }
  const outside = all(".card *, .key *").filter((node) => {
    if (![...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim() !== "")) return false;
    const frame = node.closest(".table-frame");
    if (frame && frame.scrollWidth > frame.clientWidth) return false;
    const [box, card] = [ink(node), node.closest(".card, .key").getBoundingClientRect()];
    return box.right > card.right - 4 || box.left < card.left + 4;
  });
  const ladders = all("td, th").filter((node) => {
    const line = parseFloat(getComputedStyle(node).lineHeight);
    const box = ink(node);
    return box.bottom - box.top > 3.5 * line && box.right - box.left < 90 && words(node).includes(" ");
  });
  const hiding = window.innerWidth < 1280 ? [] : all(".table-frame").filter((node) => node.scrollWidth > node.clientWidth + 1);
  const told = (nodes) => nodes.map(words);
  return { "cut off": told(cut), "run into each other": collisions, "beyond the edge of a card": told(outside), "one word a line": told(ladders), "a table wider than its card": told(hiding) };
}

// Who opens the dashboard sees figures, if there are any at all.
async function firstSight(page, unit) {
  const visits = async (address) => {
    await page.goto(address, { waitUntil: "networkidle" });
    return (await page.locator(".key-value").first().textContent()).trim();
  };
  const today = new Date().toISOString().slice(0, 10);
  const ever = await visits(`${origin}/vi/overview/${unit}?period=own&first=2020-01-01&last=${today}`);
  // A lake that ended long ago is looked at in the period that was asked for.
  const first = await visits(period ? `${origin}/vi/overview/${unit}?${period}` : `${origin}/vi`);
  if (first === "0" && ever !== "0") complain(`the first page shows no visits, though ${ever} are there`);
  console.log(`== first page: ${first} visits, ever: ${ever}`);
}

async function everyPage(paths) {
  for (const theme of ["light", "dark"]) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      const page = await open({ viewport, colorScheme: theme, reducedMotion: "reduce" });
      for (const language of ["vi", "en"]) {
        for (const where of paths) {
          const name = `${where.replaceAll(/[/?&=]/g, "-")}-${language}-${theme}-${size}`;
          const answer = await page.goto(`${origin}/${language}/${where}`, { waitUntil: "networkidle" });
          if (answer.status() !== 200) complain(`${name}: ${answer.status()}`);
          await page.evaluate(() => document.fonts.ready);
          await checkLayout(page, name);
          await audit(page, name);
          if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
        }
        await refusalAndLogin(page, language, theme, size);
      }
      await page.context().close();
    }
    console.log(`== ${theme}: ${paths.length} × 2 × ${Object.keys(SIZES).length}`);
  }
}

async function refusalAndLogin(page, language, theme, size) {
  for (const [what, where, status] of [["refusal", "overview/province-none", 404], ["login", "login", 200]]) {
    const visitor = what === "login" ? await browser.newContext({ viewport: SIZES[size], colorScheme: theme }) : undefined;
    const shown = visitor ? await visitor.newPage() : page;
    const refused = (message) => !message.text().includes("404");
    if (!visitor) {
      page.removeAllListeners("console");
      page.on("console", (message) => {
        if (message.type() === "error" && refused(message)) complain(`console: ${message.text()}`);
      });
    }
    const answer = await shown.goto(`${origin}/${language}/${where}`, { waitUntil: "networkidle" });
    if (answer.status() !== status && what === "refusal") complain(`${where}: ${answer.status()}`);
    if (what === "refusal" || user) {
      const name = `${what}-${language}-${theme}-${size}`;
      await checkLayout(shown, name);
      await audit(shown, name);
      if (pictures) await shown.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
    }
    await visitor?.close();
  }
}

// Tab through a page: the skip link first, everything reachable, every stop visible and marked.
async function keyboardWalk(where) {
  const page = await open({ viewport: SIZES.desk, reducedMotion: "reduce" });
  await page.goto(`${origin}/vi/${where}`);
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input:not([type="hidden"]), summary, [tabindex="0"]')];
    return all.filter((node) => node.checkVisibility() && node.getClientRects().length > 0).length;
  });
  let stops = 0;
  for (let step = 0; step < wanted + 20; step += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body) return null;
      if (node.dataset.walked === "1") return null;
      node.dataset.walked = "1";
      const box = node.getBoundingClientRect();
      const style = getComputedStyle(node);
      const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
      return { words: (node.textContent || node.id || node.tagName).trim().slice(0, 40), inside, ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, skip: node.classList.contains("skip") };
    });
    if (stop === null) break;
    stops += 1;
    if (stops === 1 && !stop.skip) complain(`${where}: the skip link is not the first stop`);
    if (!stop.inside) complain(`${where}: focus on “${stop.words}” is out of sight`);
    if (!stop.ring) complain(`${where}: focus on “${stop.words}” cannot be seen`);
  }
  if (stops < wanted) complain(`${where}: ${stops} of ${wanted} controls were reached by Tab`);
  await page.context().close();
  console.log(`== keyboard, ${where}: ${stops} stops`);
}

async function focusOn(page, selector) {
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return true;
  }
  complain(`keyboard: ${selector} was not reached`);
  return false;
}

// A reader's errand with the keyboard alone.
async function keyboardErrand(first) {
  const page = await open({ viewport: SIZES.desk, reducedMotion: "reduce" });
  await page.goto(`${origin}/vi/overview/${first}`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  if (!(await page.evaluate(() => document.activeElement?.id === "main"))) complain("keyboard: the skip link does not lead to the content");
  await page.goto(`${origin}/vi/overview/${first}`);
  await focusOn(page, "details.own summary");
  await page.keyboard.press("Enter");
  if (!(await page.locator("details.own[open]").count())) complain("keyboard: the chooser of own days does not open");
  await page.keyboard.press("Escape");
  if (await page.locator("details.own[open]").count()) complain("keyboard: the chooser of own days does not close");
  await page.goto(`${origin}/vi/items/${first}`);
  await focusOn(page, "input[type=search]");
  await page.keyboard.type("chau ban");
  const left = await page.locator("#table-items tbody tr:visible").count();
  const all = await page.locator("#table-items tbody tr").count();
  if (all > 1 && left >= all) complain("keyboard: typing does not search");
  await page.goto(`${origin}/vi/items/${first}`);
  await focusOn(page, "#table-items thead th:nth-child(3) a.sort");
  await page.keyboard.press("Enter");
  if ((await page.locator('#table-items th[aria-sort="descending"]').count()) !== 1) complain("keyboard: a column is not sorted");
  await focusOn(page, "nav.menu a[aria-current]").catch(() => undefined);
  await page.goto(`${origin}/vi/overview/${first}`);
  await focusOn(page, "button.to-dark");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  if ((await page.getAttribute("html", "data-theme")) !== "dark") complain("keyboard: the theme does not change");
  await page.context().close();
  console.log("== keyboard, an errand: done");
}

async function withoutScript(first) {
  const page = await open({ viewport: SIZES.desk, javaScriptEnabled: false });
  await page.goto(`${origin}/vi/items/${first}`);
  await page.fill("input[type=search]", "hoang sa");
  await page.press("input[type=search]", "Enter");
  await page.waitForURL(/q=hoang/);
  await page.click("#table-items thead th:nth-child(2) a.sort");
  await page.waitForURL(/sort=openings/);
  await page.click("nav.periods ul li:first-child a");
  await page.waitForURL(/period=six-months/);
  await page.click("details.own summary");
  await page.fill("input[name=first]", "2026-10-01");
  await page.click(".own-form button");
  await page.waitForURL(/period=own/);
  await page.context().close();
  console.log("== without a script: searched, sorted, another period");
}

async function printed(first) {
  if (!pictures) return;
  const page = await open({ viewport: SIZES.desk, colorScheme: "dark" });
  for (const name of ["overview", "items", "kiosks"]) {
    await page.goto(`${origin}/vi/${name}/${first}`, { waitUntil: "networkidle" });
    await page.pdf({ path: path.join(pictures, `print-${name}.pdf`), preferCSSPageSize: true, printBackground: true });
  }
  await page.context().close();
}

const scout = await open({ viewport: SIZES.desk });
const list = await units(scout);
await firstSight(scout, list[0]);
await scout.context().close();
console.log(`== ${origin}: ${list.join(" › ")}`);
await everyPage(pathsOf(list));
for (const name of ["overview", "items", "places", "kiosks", "reports"]) await keyboardWalk(`${name}/${list[0]}`);
await keyboardErrand(list[0]);
await withoutScript(list[0]);
await printed(list[0]);
await browser.close();
console.log(complaints.length === 0 ? "OK: không có gì sai · nothing wrong" : `${complaints.length} lỗi · complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
