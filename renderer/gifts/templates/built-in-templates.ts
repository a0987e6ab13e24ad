import {
  type AlertCard,
  type AlertTemplate,
  type AlertTemplates,
  type AlertTier,
  type AlertTone,
  usualTemplateId,
} from "../../../preload/contract/alert-template.ts";
import { TemplateId } from "../../../preload/contract/ids.ts";

type Colours = Pick<AlertTone, "accent" | "bright" | "panelFrom" | "panelTo">;

const sizes: Readonly<Record<AlertTier, Omit<AlertTone, keyof Colours>>> = {
  follow: {
    height: 56,
    maxWidth: 460,
    textSize: 23,
    giftSize: 40,
    countSize: 0,
    inline: true,
    sparks: 0,
    shownMs: 2_600,
  },
  small: {
    height: 84,
    maxWidth: 520,
    textSize: 27,
    giftSize: 88,
    countSize: 52,
    inline: false,
    sparks: 0,
    shownMs: 3_200,
  },
  medium: {
    height: 100,
    maxWidth: 580,
    textSize: 31,
    giftSize: 116,
    countSize: 64,
    inline: false,
    sparks: 6,
    shownMs: 4_000,
  },
  large: {
    height: 124,
    maxWidth: 680,
    textSize: 36,
    giftSize: 156,
    countSize: 80,
    inline: false,
    sparks: 14,
    shownMs: 5_500,
  },
  grand: {
    height: 132,
    maxWidth: 760,
    textSize: 40,
    giftSize: 270,
    countSize: 92,
    inline: false,
    sparks: 32,
    shownMs: 7_500,
  },
};

/** @param change what is other than usual in every tier */
const tonesOf = (
  colours: Readonly<Record<AlertTier, readonly [string, string, string, string]>>,
  change: (size: Omit<AlertTone, keyof Colours>) => Partial<AlertTone> = () => ({}),
): Record<AlertTier, AlertTone> => {
  const toneOf = (tier: AlertTier): AlertTone => {
    const [accent, bright, panelFrom, panelTo] = colours[tier];
    const size = sizes[tier];
    return { ...size, accent, bright, panelFrom, panelTo, ...change(size) };
  };
  return {
    follow: toneOf("follow"),
    small: toneOf("small"),
    medium: toneOf("medium"),
    large: toneOf("large"),
    grand: toneOf("grand"),
  };
};

const usualLines: AlertCard["lines"] = [
  { text: "{sender}", scale: 1, weight: 600, colour: "#ffffff", rows: 1 },
  { text: "{words}", scale: 0.81, weight: 400, colour: "bright", rows: 1 },
  { text: "{message}", scale: 0.81, weight: 400, colour: "#ffffff", rows: 2 },
];

const banner: AlertCard = {
  layout: "beside",
  gift: "start",
  avatar: false,
  lines: usualLines,
  font: "sans",
  frame: "line",
  picture: null,
  corner: 1,
  glow: 0,
  enter: { kind: "left", durationMs: 380 },
  exit: { kind: "left", durationMs: 320 },
};
const spotlight: AlertCard = {
  ...banner,
  layout: "above",
  enter: { kind: "down", durationMs: 380 },
  exit: { kind: "down", durationMs: 320 },
};

const linesIn = (
  change: Readonly<Record<"sender" | "words" | "message", Partial<AlertCard["lines"][number]>>>,
): AlertCard["lines"] =>
  usualLines.map((line) => {
    const name = line.text.slice(1, -1) as keyof typeof change;
    return { ...line, ...change[name] };
  });

const words: AlertTemplate["words"] = { gift: "", tip: "", guard: "", order: "", follow: "" };

/** Lying: banners at the left, the spotlight at the right. Upright: the spotlight above the banners. */
const places: AlertTemplate["places"] = {
  lying: {
    banner: { x: 0.01, y: 0.14, width: 0.49, height: 0.66 },
    spotlight: { x: 0.5, y: 0.08, width: 0.49, height: 0.78 },
    filling: { x: 0.05, y: 0.02, width: 0.9, height: 0.115 },
    scale: 1,
  },
  upright: {
    banner: { x: 0.01, y: 0.46, width: 0.98, height: 0.34 },
    spotlight: { x: 0.02, y: 0.08, width: 0.96, height: 0.37 },
    // What lies has its band in the middle of a picture that stands; they are right above it.
    filling: { x: 0.04, y: 0.165, width: 0.92, height: 0.07 },
    scale: 1,
  },
};

/** Its own name is told by the words of the window. */
const builtIn = (
  id: string,
  template: Omit<AlertTemplate, "templateId" | "name" | "words" | "places">,
): AlertTemplate => ({
  templateId: TemplateId.parse(id),
  name: id,
  words,
  places,
  ...template,
});

const classic = builtIn(usualTemplateId, {
  banner,
  spotlight,
  tones: tonesOf({
    follow: ["#ff9f8a", "#ffd6cb", "#18121cd1", "#18121c94"],
    small: ["#ffb057", "#ffe3b0", "#1a1214db", "#2618149e"],
    medium: ["#ff7d5c", "#ffcdb8", "#220e16e0", "#541c28a8"],
    large: ["#ff5c93", "#ffc4dc", "#260a28e6", "#7a1a54ad"],
    grand: ["#ffc93c", "#fff0b8", "#221408e6", "#221408e6"],
  }),
});

const inkLines = linesIn({
  sender: { weight: 600, colour: "#1d2129" },
  words: { colour: "accent", weight: 600 },
  message: { colour: "#4a505c" },
});
/** Calm: white cards with a bar of colour, and nothing that glitters. */
const minimal = builtIn("minimal", {
  banner: {
    ...banner,
    avatar: true,
    gift: "end",
    lines: inkLines,
    frame: "bar",
    corner: 0.22,
    enter: { kind: "up", durationMs: 260 },
    exit: { kind: "fade", durationMs: 260 },
  },
  spotlight: {
    ...spotlight,
    lines: inkLines,
    frame: "bar",
    corner: 0.22,
    enter: { kind: "up", durationMs: 300 },
    exit: { kind: "fade", durationMs: 300 },
  },
  tones: tonesOf(
    {
      follow: ["#5d7285", "#b9c7d4", "#ffffffe6", "#ffffffe6"],
      small: ["#2c7a6b", "#9fd8cc", "#ffffffeb", "#f4faf8e0"],
      medium: ["#2f6fb3", "#a9cdf0", "#ffffffeb", "#f2f7fde0"],
      large: ["#7a4fc0", "#d2bdf2", "#fffffff0", "#f7f2fde6"],
      grand: ["#b3702a", "#f5d7ae", "#fffffff5", "#fdf6ecf0"],
    },
    ({ textSize, giftSize, height }) => ({
      sparks: 0,
      textSize: textSize * 0.94,
      giftSize: giftSize > 200 ? giftSize * 0.9 : Math.max(34, height * 0.82),
    }),
  ),
});

const feastLines = linesIn({
  sender: { weight: 800, colour: "#fff4d2" },
  words: { weight: 600, colour: "#ffd98a" },
  message: { colour: "#ffeccb" },
});
/** Red and gold, for feasts. */
const festive = builtIn("festive", {
  banner: {
    ...banner,
    lines: feastLines,
    font: "serif",
    frame: "double",
    corner: 0.5,
    enter: { kind: "pop", durationMs: 420 },
    exit: { kind: "pop", durationMs: 280 },
  },
  spotlight: {
    ...spotlight,
    lines: feastLines,
    font: "serif",
    frame: "double",
    corner: 0.5,
    enter: { kind: "pop", durationMs: 480 },
    exit: { kind: "pop", durationMs: 300 },
  },
  tones: tonesOf(
    {
      follow: ["#e6a93a", "#ffe6a8", "#a5161fe6", "#7d0f18d9"],
      small: ["#f0b13c", "#ffe9b0", "#b01a22eb", "#7f0f19e0"],
      medium: ["#f5b840", "#ffedb8", "#bd1822f0", "#860e1ae6"],
      large: ["#f8c048", "#fff0c0", "#c81722f2", "#8c0c1beb"],
      grand: ["#ffc93c", "#fff3c4", "#c6121ff5", "#8f0a1af5"],
    },
    ({ sparks }) => ({ sparks: Math.min(40, sparks + 6) }),
  ),
});

const neonLines = linesIn({
  sender: { weight: 800 },
  words: { weight: 600, colour: "accent" },
  message: { colour: "#e8e6ff" },
});
/** Light in the dark, for games and the night. */
const neon = builtIn("neon", {
  banner: {
    ...banner,
    avatar: true,
    gift: "end",
    lines: neonLines,
    corner: 0.32,
    glow: 22,
    enter: { kind: "right", durationMs: 300 },
    exit: { kind: "zoom", durationMs: 240 },
  },
  spotlight: {
    ...spotlight,
    lines: neonLines,
    corner: 0.32,
    glow: 30,
    enter: { kind: "zoom", durationMs: 360 },
    exit: { kind: "zoom", durationMs: 280 },
  },
  tones: tonesOf(
    {
      follow: ["#7ad7ff", "#d8f3ff", "#0c0a24d9", "#120c30c7"],
      small: ["#4de8ff", "#c9f8ff", "#0b0a26e0", "#140c38cc"],
      medium: ["#7cff9b", "#dcffe5", "#0b0a26e0", "#0c2a2ecc"],
      large: ["#ff5cf0", "#ffd2fb", "#0e0828e6", "#34093fd1"],
      grand: ["#ffd84a", "#fff6cf", "#0e0828eb", "#2b0a46e6"],
    },
    ({ giftSize, height }) => ({ giftSize: giftSize > 200 ? giftSize : height * 0.86 }),
  ),
});

/** What the studio brings along; the first is the usual one. */
export const builtInTemplates: readonly AlertTemplate[] = [classic, minimal, festive, neon];

export const usualTemplates: AlertTemplates = { inUse: usualTemplateId, own: [] };

export const isBuiltIn = (templateId: string): boolean =>
  builtInTemplates.some((each) => each.templateId === templateId);

/** The one in use where there is none of that id, and else the usual one: nobody is left without thanks. */
export const templateOf = ({ inUse, own }: AlertTemplates, templateId: string): AlertTemplate => {
  const all = [...builtInTemplates, ...own];
  const find = (id: string) => all.find((each) => each.templateId === id);
  return find(templateId) ?? find(inUse) ?? classic;
};
