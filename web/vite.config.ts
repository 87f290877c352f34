import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The build lands inside the Python package, so that an installed wheel serves it without Node.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../src/tenure/app/web_dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 5173,
    // The server refuses unsafe requests whose Origin is not its Host, so the browser's Host goes through unchanged.
    proxy: { "/api": { target: process.env.TENURE_API ?? "http://127.0.0.1:8765", changeOrigin: false } },
  },
  test: {
    environment: "jsdom",
    env: { TZ: "Asia/Kathmandu" }, // Far from UTC by an odd amount, so that no test passes by living at zero.
    setupFiles: ["src/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "snippet/**/*.test.ts"],
    css: false,
  },
});
