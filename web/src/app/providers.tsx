import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import en from "antd/locale/en_US";
import zh from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { type ReactNode, useEffect, useLayoutEffect, useMemo } from "react";

import { useLanguage } from "../i18n/use-language";
import { queryClient } from "../lib/query-client";
import { paint } from "../ui/palette";
import { fontOf, paletteOf, themeOf } from "../ui/theme";
import { useMode } from "../ui/use-mode";
import { useMotion } from "../ui/use-motion";

/** Everything a screen may take for granted: colours, language, server cache, messages. */
export function Providers({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const mode = useMode();
  const motion = useMotion();
  // Menus and dialogs wait for the end of their motion: without any they must be told so, or they wait for ever.
  const theme = useMemo(() => ({ ...themeOf(mode), token: { ...themeOf(mode).token, motion } }), [mode, motion]);

  useLayoutEffect(() => {
    const page = document.documentElement;
    paint(page, paletteOf(mode));
    page.style.setProperty("--t-font", fontOf(language));
    page.style.colorScheme = mode;
    page.dataset.theme = mode;
  }, [mode, language]);
  useEffect(() => {
    dayjs.locale(language === "zh" ? "zh-cn" : "en");
  }, [language]);

  return (
    <ConfigProvider theme={theme} locale={language === "zh" ? zh : en} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        <App component={false}>{children}</App>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
