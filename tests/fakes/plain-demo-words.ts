import type { DemoWords } from "../../renderer/scene/demo-document.ts";

export const plainDemoWords: DemoWords = {
  opening: "Opening",
  testPattern: "Test pattern",
  title: "Title",
  titleText: "Welcome",
  alerts: "Gift alerts",
  away: "Be right back",
  awayBackground: "Backdrop",
  awayTitle: "Away",
  awayText: "Be right back",
};
