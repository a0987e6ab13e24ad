// Renders the app's icon for all three systems into resources/icons/, with a local Chromium.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { icnsOf, icnsSidesPx, icoOf } from "./icon-files.mjs";

const icons = fileURLToPath(new URL("../resources/icons/", import.meta.url));

/** Up to this side the drawing with fewer and stronger lines is used. */
const smallPx = 48;
const linuxSidesPx = [16, 24, 32, 48, 64, 128, 256, 512];
const windowsSidesPx = [16, 20, 24, 32, 40, 48, 64, 128, 256];

const large = await readFile(`${icons}icon.svg`, "utf8");
const small = await readFile(`${icons}icon-small.svg`, "utf8");

/** macOS gives each icon an empty border: 824 of 1024 pixels are the plate's (Apple's design resources for icons). */
const withBorder = (svg, platePx) => {
  const sidePx = (platePx * 1024) / 824;
  const start = (512 - sidePx) / 2;
  return svg.replace('viewBox="0 0 512 512"', `viewBox="${start} ${start} ${sidePx} ${sidePx}"`);
};
/** Elsewhere the plate reaches the edge. */
const withoutBorder = (svg) => svg.replace('viewBox="0 0 512 512"', 'viewBox="24 24 464 464"');

const plain = (sidePx) => (sidePx <= smallPx ? small : withoutBorder(large));
const forMac = (sidePx) => (sidePx <= smallPx ? withBorder(small, 512) : withBorder(large, 464));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

const render = async (svg, sidePx) => {
  const page = await browser.newPage();
  const { png, rgba } = await page.evaluate(
    async ({ source, side }) => {
      const image = new Image(side, side);
      image.src = `data:image/svg+xml;base64,${source}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = side;
      canvas.height = side;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.drawImage(image, 0, 0, side, side);
      return {
        png: canvas.toDataURL("image/png").split(",")[1],
        rgba: [...context.getImageData(0, 0, side, side).data],
      };
    },
    { source: Buffer.from(svg).toString("base64"), side: sidePx },
  );
  await page.close();
  return { sidePx, png: Buffer.from(png, "base64"), rgba: Uint8Array.from(rgba) };
};

const renderAll = async (sidesPx, drawing) => {
  const pictures = [];
  for (const sidePx of sidesPx) pictures.push(await render(drawing(sidePx), sidePx));
  return pictures;
};

try {
  const linux = await renderAll(linuxSidesPx, plain);
  await rm(`${icons}linux`, { recursive: true, force: true });
  await mkdir(`${icons}linux`);
  for (const { sidePx, png } of linux)
    await writeFile(`${icons}linux/${sidePx}x${sidePx}.png`, png);
  await writeFile(`${icons}icon.ico`, icoOf(await renderAll(windowsSidesPx, plain)));
  await writeFile(`${icons}icon.icns`, icnsOf(await renderAll(icnsSidesPx, forMac)));
} finally {
  await browser.close();
}
