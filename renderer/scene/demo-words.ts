import type { Words } from "../i18n/words.ts";
import type { DemoWords } from "./demo-document.ts";

export const demoWords = (t: Words): DemoWords => ({
  opening: t("scene.demo.opening"),
  testPattern: t("scene.demo.testPattern"),
  title: t("scene.demo.title"),
  titleText: t("scene.demo.titleText"),
  alerts: t("scene.demo.alerts"),
  away: t("scene.demo.away"),
  awayBackground: t("scene.demo.awayBackground"),
  awayTitle: t("scene.demo.awayTitle"),
  awayText: t("scene.demo.awayText"),
});
