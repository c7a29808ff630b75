// What an export must consist of: manifests, and every tile that a picture's info.json promises.
const AT_ONCE = 8;

export const scaleOf = (url) => {
  const found = /\/(?:(full)|\d+,\d+,(\d+),\d+)\/(\d+),\d+\/0\/default\.jpg$/.exec(url);
  return found?.[2] ? Math.round(Number(found[2]) / Number(found[3])) : undefined;
};

// Addresses with the size each must have, as the Image API 3 has them.
export function tilesOf(info) {
  const wanted = [];
  for (const { width: side, height: tall = side, scaleFactors } of info.tiles) {
    for (const scale of scaleFactors) {
      for (let y = 0; y < info.height; y += tall * scale) {
        for (let x = 0; x < info.width; x += side * scale) {
          const [wide, high] = [Math.min(side * scale, info.width - x), Math.min(tall * scale, info.height - y)];
          const size = [Math.ceil(wide / scale), Math.ceil(high / scale)];
          const whole = wide === info.width && high === info.height;
          const region = whole ? "full" : `${x},${y},${wide},${high}`;
          wanted.push({ url: `${info.id}/${region}/${size}/0/default.jpg`, size, scale, x, y, wide, high });
        }
      }
    }
  }
  return wanted;
}

// Width and height as the JPEG itself has them.
function jpegSize(bytes) {
  let at = 2;
  while (bytes.readUInt16BE(0) === 0xffd8 && at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return [];
}

async function eachOf(list, work) {
  const waiting = [...list];
  const one = async () => {
    while (waiting.length > 0) await work(waiting.pop());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function json(url, complain) {
  const answer = await fetch(url);
  if (answer.status !== 200) return complain(`${url}: ${answer.status}`);
  if (answer.headers.get("content-type") !== "application/json") complain(`${url}: ${answer.headers.get("content-type")}`);
  const value = await answer.json();
  if (value.id !== url && `${value.id}/info.json` !== url) complain(`${url}: id is ${value.id}`);
  return value;
}

async function picture(url, size, complain) {
  const answer = await fetch(url);
  if (answer.status !== 200) return complain(`${url}: ${answer.status}`);
  const real = jpegSize(Buffer.from(await answer.arrayBuffer()));
  if (`${real}` !== `${size}`) complain(`${url}: ${real} px, ${size} wanted`);
}

async function service(id, complain) {
  const info = await json(`${id}/info.json`, complain);
  if (!info) return 0;
  const wanted = tilesOf(info);
  for (const { width, height } of info.sizes) {
    wanted.push({ url: `${id}/full/${width},${height}/0/default.jpg`, size: [width, height] });
  }
  const largest = info.sizes.at(-1);
  wanted.push({ url: `${id}/full/max/0/default.jpg`, size: [largest.width, largest.height] });
  await eachOf(wanted, ({ url, size }) => picture(url, size, complain));
  return wanted.length;
}

// Reads all that the collection leads to. Gives the manifests by the name of their folder, and what was counted.
export async function readAll(base, complain) {
  const manifests = {};
  const counted = { manifests: 0, canvases: 0, annotations: 0, services: 0, pictures: 0 };
  const collection = await json(`${base}/collection.json`, complain);
  for (const { id, label } of collection?.items ?? []) {
    const manifest = await json(id, complain);
    if (!manifest) continue;
    manifests[new URL(id).pathname.split("/").at(-2)] = manifest;
    counted.manifests += 1;
    if (JSON.stringify(label) !== JSON.stringify(manifest.label)) complain(`${id}: named otherwise in the collection`);
    for (const canvas of manifest.items) {
      counted.canvases += 1;
      counted.annotations += (canvas.annotations ?? []).flatMap((page) => page.items).length;
      for (const { body } of canvas.items.flatMap((page) => page.items)) {
        await picture(body.id, [body.width, body.height], complain);
        for (const { id: address } of body.service) {
          counted.services += 1;
          counted.pictures += await service(address, complain);
        }
      }
    }
  }
  if (counted.services === 0) complain(`${base}/collection.json: no picture`);
  return { manifests, counted };
}
