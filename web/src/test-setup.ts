import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

class NeverResizes {
  observe() {}
  unobserve() {}
  disconnect() {}
}

// What a browser has and jsdom lacks.
Object.assign(window, {
  ResizeObserver: NeverResizes,
  matchMedia: (media: string) => ({ media, matches: false, addEventListener() {}, removeEventListener() {} }),
});

afterEach(cleanup);
