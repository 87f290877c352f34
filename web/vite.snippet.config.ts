import { defineConfig } from "vite";

const PARTS: Record<string, { entry: string; file: string }> = {
  page: { entry: "snippet/main.ts", file: "t.js" },
  worker: { entry: "snippet/worker.ts", file: "t-push.js" },
};

// What other people's pages load: classic scripts of their own, added to what the web build left.
export default defineConfig(({ mode }) => {
  const { entry, file } = PARTS[mode] ?? { entry: "snippet/main.ts", file: "t.js" };
  return {
    publicDir: false,
    build: {
      outDir: "../src/tenure/app/web_dist",
      emptyOutDir: false,
      target: "es2022",
      lib: { entry, formats: ["iife"], name: "tenureSnippet", fileName: () => file },
    },
  };
});
