// Makes the gifts' icons, animations and sounds in resources/gifts, with a local Chromium and ffmpeg: all of them, or
// those that are named. The same sources make the same files.
import { createReadStream, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { chromium } from "playwright-core";
import { appendVapc, extensionOf, planOf, playAvifOnce, startEncoder } from "./encode.mjs";
import { makeSounds } from "./sounds.mjs";
import { writeSvga } from "./svga-writer.mjs";

const project = fileURLToPath(new URL("../../", import.meta.url));
const gifts = join(project, "resources/gifts");
const designsDir = join(project, "scripts/gifts/designs");
const iconSidePx = 256;
const types = { ".mjs": "text/javascript", ".svg": "image/svg+xml", ".html": "text/html" };

let encoder;

/** Serves the drawing code and the pictures, and takes the frames. */
const server = createServer((request, response) => {
  const answer = (status, text = "") => response.writeHead(status).end(text);
  if (request.method === "POST") {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      encoder.write(Buffer.concat(chunks)).then(
        () => answer(200),
        (error) => answer(500, error.message),
      );
    });
    return;
  }
  if (request.url === "/") {
    response
      .writeHead(200, { "Content-Type": "text/html" })
      .end(
        `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/scripts/gifts/page.mjs"></script>`,
      );
    return;
  }
  const path = join(project, normalize(request.url));
  if (!/^\/(scripts|resources)\/gifts\//.test(request.url) || !existsSync(path)) answer(404);
  else {
    response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" });
    createReadStream(path).pipe(response);
  }
});

const makeIcon = async (browser, name) => {
  const page = await browser.newPage({ viewport: { width: iconSidePx, height: iconSidePx } });
  const source = readFileSync(join(gifts, `${name}.svg`)).toString("base64");
  await page.setContent(
    `<style>html,body{margin:0;background:none}img{display:block}</style>` +
      `<img width="${iconSidePx}" height="${iconSidePx}" src="data:image/svg+xml;base64,${source}">`,
  );
  await page.waitForFunction(() => document.images[0]?.complete);
  writeFileSync(join(gifts, `${name}.png`), await page.screenshot({ omitBackground: true }));
  await page.close();
};

/** Of every file, so that an archive does not depend on when it was made. */
const mtime = new Date(2026, 0, 1);

const jsonBytes = (value) => new TextEncoder().encode(JSON.stringify(value));

const makeAnimation = async (page, name) => {
  const { design } = await import(`./designs/${name}.mjs`);
  const file = join(gifts, `${name}.${extensionOf(design.format)}`);
  const plan = planOf(design);
  const isDrawn = !["svga", "lottie", "dotlottie"].includes(design.format);
  if (isDrawn) encoder = startEncoder(design, file);
  const made = await page.evaluate((task) => globalThis.drawDesign(...task), [name, plan]);
  if (isDrawn) await encoder.finish();
  if (design.format === "avif") playAvifOnce(file);
  if (design.format === "vap") appendVapc(file, design, made.places);
  if (design.format === "svga") {
    const pictures = Object.fromEntries(
      Object.entries(made.pictures).map(([key, text]) => [key, Buffer.from(text, "base64")]),
    );
    writeFileSync(file, writeSvga({ ...made.movie, pictures }));
  }
  if (design.format === "lottie") writeFileSync(file, JSON.stringify(made.lottie));
  if (design.format === "dotlottie") {
    const manifest = { version: "2", generator: "gifts", animations: [{ id: name }] };
    writeFileSync(
      file,
      zipSync(
        { "manifest.json": jsonBytes(manifest), [`a/${name}.json`]: jsonBytes(made.lottie) },
        { mtime, level: 9 },
      ),
    );
  }
  console.log(`${name}: ${design.format}, ${Math.round(readFileSync(file).length / 1024)} KB`);
};

const asked = process.argv.slice(2);
const wanted = (names) => (asked.length > 0 ? names.filter((name) => asked.includes(name)) : names);
const namesIn = (folder, extension) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length));

await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  for (const name of wanted(namesIn(gifts, ".svg"))) await makeIcon(browser, name);
  const page = await browser.newPage();
  page.on("console", (message) => console.log(message.text()));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  for (const name of wanted(namesIn(designsDir, ".mjs"))) await makeAnimation(page, name);
  makeSounds(gifts, wanted);
} finally {
  await browser.close();
  server.close();
}
