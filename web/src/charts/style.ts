import { type Palette } from "../ui/palette";
import { FONT, paletteOf } from "../ui/theme";
import { useMode } from "../ui/use-mode";

export function usePalette(): Palette {
  return paletteOf(useMode());
}

/** What every chart shares: quiet axes, no frame, the house's type. */
export function baseOption(p: Palette) {
  return {
    animation: false,
    color: [...p.series],
    textStyle: { fontFamily: FONT, color: p.quiet, fontSize: 12 },
    grid: { left: 4, right: 14, top: 16, bottom: 4, containLabel: true },
    legend: { show: false, icon: "roundRect", itemWidth: 12, itemHeight: 4, left: 0, top: 0, textStyle: { color: p.quiet } },
  };
}

export function categoryAxis(p: Palette, names: readonly string[], gap: boolean) {
  return {
    type: "category" as const,
    data: [...names],
    boundaryGap: gap,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: p.line } },
    axisLabel: { color: p.quiet, hideOverlap: true },
  };
}

export function valueAxis(p: Palette, format: (value: number) => string, fromZero: boolean) {
  return {
    type: "value" as const,
    scale: !fromZero,
    splitNumber: 4,
    splitLine: { lineStyle: { color: p.grid } },
    axisLabel: { color: p.quiet, formatter: format },
  };
}

export function tooltip(p: Palette) {
  return {
    confine: true,
    backgroundColor: p.raised,
    borderColor: p.line,
    textStyle: { color: p.ink, fontSize: 13, fontFamily: FONT },
    extraCssText: "border-radius:10px;box-shadow:0 6px 24px rgb(0 0 0/.12);font-variant-numeric:tabular-nums",
  };
}

/** One line of a tooltip; the text comes from data, so its markup is disarmed. */
export function tipLine(colour: string, name: string, value: string): string {
  const dot = `<span style="display:inline-block;width:9px;height:9px;border-radius:3px;background:${colour};margin-right:7px"></span>`;
  return `<div style="display:flex;justify-content:space-between;gap:20px"><span>${dot}${escape(name)}</span><b>${escape(value)}</b></div>`;
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
