import { defineConfig } from "vite";

// The snippet other people's pages load: one classic script, added to what the web build left.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../src/tenure/app/web_dist",
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: "snippet/main.ts", formats: ["iife"], name: "tenureSnippet", fileName: () => "t.js" },
  },
});
