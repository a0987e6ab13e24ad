// Renders every gift's SVG to a 256x256 PNG beside it, with a local Chromium.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const resources = fileURLToPath(new URL("../resources/", import.meta.url));
const gifts = (await readdir(`${resources}gifts`)).filter((name) => name.endsWith(".svg"));
const sidePx = 256;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  for (const name of gifts) {
    const svg = `${resources}gifts/${name}`;
    const page = await browser.newPage({ viewport: { width: sidePx, height: sidePx } });
    const source = (await readFile(svg)).toString("base64");
    await page.setContent(
      `<style>html,body{margin:0;background:none}img{display:block}</style>` +
        `<img width="${sidePx}" height="${sidePx}" src="data:image/svg+xml;base64,${source}">`,
    );
    await page.waitForFunction(() => document.images[0]?.complete);
    const png = await page.screenshot({ omitBackground: true });
    await writeFile(svg.replace(/\.svg$/, ".png"), png);
    await page.close();
  }
} finally {
  await browser.close();
}
