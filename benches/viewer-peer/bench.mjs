// What a visitor would get from the usual choice: OpenSeadragon in a Chromium kiosk.
// usage: node bench.mjs PYRAMID.dzi [WIDTH HEIGHT [canvas|webgl]]   prints one JSON line
// needs: npm install here; Debian's chromium, or another one named in CHROMIUM. A pyramid:
//   vips dzsave chart.jpg chart --suffix '.jpg[Q=85]' --tile-size 512 --overlap 0
// Measures, all in one browser: launch -> first view sharp; eight jumps to 1:1 at fixed places -> sharp; ten seconds of
// scripted pan and zoom, frame intervals and CPU; PSS of all its processes; ten idle seconds, CPU.
import fs from 'fs';
import http from 'http';
import { chromium } from 'playwright-core';

const dzi = process.argv[2];
const [width, height] = [+(process.argv[3] || 1920), +(process.argv[4] || 1080)];
const drawer = process.argv[5] || 'canvas';
const files = dzi.replace(/\.dzi$/, '_files');
// In widths of the picture, down as well as across; bench.py gives ours the same.
const places = [[.2, .2], [.8, .6], [.5, .1], [.33, .66], [.7, .3], [.1, .5], [.9, .1], [.62, .4]];

const page = `<!doctype html><style>html,body,#v{margin:0;width:100%;height:100%;background:#000}</style>
<div id=v></div><script src=/osd.js></script><script>
window.log = {};
const v = OpenSeadragon({ id: 'v', tileSources: '/dz.dzi', showNavigationControl: false, immediateRender: false,
  prefixUrl: '/', drawer: '${drawer}' });
window.v = v;
v.addHandler('open', () => v.world.getItemAt(0).addHandler('fully-loaded-change',
  e => { if (e.fullyLoaded) log.full ??= performance.now(); }));
window.sharp = () => new Promise(done => {
  const picture = v.world.getItemAt(0);
  const timer = setInterval(() => { if (picture.getFullyLoaded()) { clearInterval(timer); done(performance.now()); } }, 4);
});
window.sway = ms => new Promise(done => {
  const start = performance.now(), frames = [];
  let last = start;
  const frame = now => {
    frames.push(now - last);
    last = now;
    const s = (now - start) / 1000;
    v.viewport.zoomTo(Math.exp(Math.sin(s * 0.7) * 1.6) * 4, null, true);
    v.viewport.panTo(new OpenSeadragon.Point(0.5 + 0.3 * Math.cos(s * 0.5), 0.37 + 0.25 * Math.sin(s * 0.6)), true);
    if (now - start < ms) requestAnimationFrame(frame); else done(frames);
  };
  requestAnimationFrame(frame);
});
</script>`;

const server = http.createServer((request, answer) => {
  const path = decodeURIComponent(request.url.split('?')[0]);
  try {
    if (path === '/') { answer.setHeader('content-type', 'text/html'); return answer.end(page); }
    if (path === '/osd.js')
      return answer.end(fs.readFileSync('node_modules/openseadragon/build/openseadragon/openseadragon.min.js'));
    if (path === '/dz.dzi') return answer.end(fs.readFileSync(dzi));
    if (path.startsWith('/dz_files')) return answer.end(fs.readFileSync(files + path.slice(9)));
  } catch { /* what is not there is answered below */ }
  answer.statusCode = 404;
  answer.end();
}).listen(0, '127.0.0.1');

// Everything the browser started, by its parents.
const stat = pid => fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
const processes = () => {
  const children = {};
  for (const pid of fs.readdirSync('/proc').filter(name => /^\d+$/.test(name)))
    try { (children[+stat(pid)[1]] ??= []).push(+pid); } catch { /* it ended meanwhile */ }
  const found = [], waiting = [process.pid];
  while (waiting.length) { const next = children[waiting.pop()] || []; found.push(...next); waiting.push(...next); }
  return found;
};
const total = of => processes().reduce((sum, pid) => { try { return sum + of(pid); } catch { return sum; } }, 0);
const pss = () => total(pid => +/Pss:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) / 1024;
const cpu = () => total(pid => { const fields = stat(pid); return (+fields[11] + +fields[12]) / 100; });

const launched = performance.now();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const tab = await (await browser.newContext({ viewport: { width, height } })).newPage();
await tab.goto(`http://127.0.0.1:${server.address().port}/`);
await tab.waitForFunction('window.log.full');
const launchToSharp = performance.now() - launched;

const jumps = [];
for (const place of places)
  jumps.push(await tab.evaluate(async ([x, y]) => {
    v.viewport.zoomTo(v.viewport.imageToViewportZoom(1), null, true);
    v.viewport.panTo(new OpenSeadragon.Point(x, y), true);
    const start = performance.now();
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return await sharp() - start;
  }, place));

const before = cpu();
const frames = (await tab.evaluate('sway(10000)')).slice(2).sort((a, b) => a - b);
const swayCpu = cpu() - before, memory = pss(), resting = cpu();
await new Promise(done => setTimeout(done, 10000));
const idleCpu = cpu() - resting;

const sorted = [...jumps].sort((a, b) => a - b);
const quantile = share => +frames[Math.floor(frames.length * share)].toFixed(1);
console.log(JSON.stringify({
  viewer: 'openseadragon', version: browser.version(), drawer, viewport: [width, height],
  launch_to_sharp_ms: Math.round(launchToSharp), jump_to_sharp_ms: jumps.map(Math.round),
  jump_to_sharp_ms_p50: Math.round(sorted[4]), jump_to_sharp_ms_max: Math.round(sorted.at(-1)),
  frame_ms_p50: quantile(.5), frame_ms_p95: quantile(.95), frame_ms_p99: quantile(.99),
  frames_in_10s: frames.length, cpu_s_in_10s: +swayCpu.toFixed(2), pss_mb: Math.round(memory),
  idle_cpu_s_in_10s: +idleCpu.toFixed(2),
}));
await browser.close();
server.close();
process.exit(0);
