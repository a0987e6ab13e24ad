import { theme, type ThemeConfig } from "antd";

/** antd in the colours of tokens.css. */
export const studioTheme: ThemeConfig = {
  algorithm: [theme.darkAlgorithm, theme.compactAlgorithm],
  token: {
    motion: false,
    colorPrimary: "#5c8dff",
    colorError: "#ff6b6b",
    colorWarning: "#f2a93b",
    colorSuccess: "#3ecf8e",
    colorBgBase: "#0d0e12",
    colorBgContainer: "#1b1e25",
    colorBgElevated: "#1e2129",
    colorBorder: "#343a47",
    colorBorderSecondary: "#242831",
    colorText: "#e7e9ee",
    colorTextSecondary: "#a4abb8",
    colorTextTertiary: "#7f8796",
    borderRadius: 6,
    fontFamily:
      '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, -apple-system, sans-serif',
    // The compact algorithm takes one step off both: 13 and 28 remain.
    fontSize: 14,
    controlHeight: 32,
  },
  components: {
    Modal: { titleFontSize: 15 },
    Tooltip: { fontSize: 12 },
    Slider: {
      railBg: "#343a47",
      trackBg: "#4a6fc9",
      trackHoverBg: "#5c8dff",
      handleColor: "#8fb0ff",
      railHoverBg: "#3e4553",
      railSize: 3,
      handleSize: 9,
    },
  },
};
