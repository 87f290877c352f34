import { theme as antd, type ThemeConfig } from "antd";

import { dark, light, type Palette } from "./palette";

export type Mode = "light" | "dark";

export const FONT =
  '"Inter", -apple-system, BlinkMacSystemFont, "Segoe UI", "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

/** Chinese fonts set quotation marks a whole character wide: English takes its own where no Latin font is found before them. */
export function fontOf(language: "en" | "zh"): string {
  return language === "zh" ? FONT : FONT.replace('"PingFang SC"', '"Tenure Quotes", "PingFang SC"');
}

export function paletteOf(mode: Mode): Palette {
  return mode === "dark" ? dark : light;
}

export function themeOf(mode: Mode): ThemeConfig {
  const p = paletteOf(mode);
  return {
    algorithm: mode === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      fontFamily: "var(--t-font)",
      fontSize: 14,
      borderRadius: 10,
      borderRadiusLG: 14,
      controlHeight: 36,
      colorPrimary: p.accent,
      colorLink: p.accent,
      colorLinkHover: p.accent,
      colorInfo: p.accent,
      colorSuccess: p.accent,
      colorError: p.risk,
      colorWarning: p.warn,
      colorBgLayout: p.ground,
      colorBgContainer: p.surface,
      colorBgElevated: mode === "dark" ? p.raised : p.surface,
      colorBorder: mode === "dark" ? "#3d4b48" : "#cfcbc1",
      colorBorderSecondary: p.line,
      colorText: p.ink,
      colorTextSecondary: p.quiet,
      colorTextTertiary: p.quiet,
      colorTextDescription: p.quiet,
      colorTextPlaceholder: p.quiet,
      colorTextLightSolid: p.onAccent,
      colorSplit: p.line,
      boxShadowTertiary: "none",
    },
    components: {
      Tooltip: { colorTextLightSolid: "#ffffff", colorBgSpotlight: mode === "dark" ? "#33413e" : "#24312e" },
      Table: { headerBg: "transparent", headerColor: p.quiet, headerSplitColor: "transparent", cellPaddingBlock: 13 },
      Segmented: { itemSelectedBg: p.surface, trackBg: mode === "dark" ? "#202b29" : "#ebe8e1", itemColor: p.quiet },
      Card: { headerFontSize: 15 },
      Button: { fontWeight: 500, primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
      Tag: { defaultBg: p.raised, defaultColor: p.ink },
    },
  };
}
