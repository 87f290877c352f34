import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

import { i18next } from "./i18next";

// Loading a words.ts registers its room; the room must carry the name of its folder.
const loaded = import.meta.glob("../**/words.ts", { eager: true });
const SRC = join(import.meta.dirname, "..");
const rooms = Object.keys(loaded).map((path) => {
  const folder = join(import.meta.dirname, dirname(path));
  return { folder, room: folder.split("/").at(-1) ?? "" };
});

/** What a room says; a room inside it speaks for itself. */
function sources(folder: string): string {
  const inside = rooms.map((room) => relative(folder, room.folder)).filter((path) => path !== "" && !path.startsWith(".."));
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/(words|\.test)\.tsx?$/.test(name))
    .filter((name) => !inside.some((room) => name.startsWith(`${room}/`)))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

function bundle(language: string, room: string): Record<string, string> {
  return (i18next.getResourceBundle(language, room) as Record<string, string> | undefined) ?? {};
}

function places(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "").sort();
}

const base = (key: string) => key.replace(/_(one|other)$/, "");
const keysOf = (words: Record<string, string>) => [...new Set(Object.keys(words).map(base))].sort();

/** A key is said when it stands between quotes, or when a template such as `kind_${x}` can make it. */
function isSaid(key: string, text: string): boolean {
  if (text.includes(`"${key}"`)) return true;
  const templates = [...text.matchAll(/`([A-Za-z]\w*?)\$\{[^}]+\}`/g)].map(([, prefix]) => prefix ?? "");
  return templates.some((prefix) => key.startsWith(prefix));
}

test("every room of words is found", () => {
  expect(rooms.length).toBeGreaterThanOrEqual(4);
});

describe.each(rooms)("$room", ({ room, folder }) => {
  const en = bundle("en", room);
  const zh = bundle("zh", room);

  test("is registered under the name of its folder", () => {
    expect(Object.keys(en).length, relative(SRC, folder)).toBeGreaterThan(0);
  });

  test("says everything in both languages", () => {
    expect(keysOf(zh)).toEqual(keysOf(en));
    const blank = [...Object.entries(en), ...Object.entries(zh)].filter(([, text]) => text.trim() === "");
    expect(blank).toEqual([]);
  });

  test("fills the same places in both languages", () => {
    const unlike = keysOf(en).filter((key) => {
      const english = en[`${key}_other`] ?? en[key] ?? "";
      const chinese = zh[`${key}_other`] ?? zh[key] ?? "";
      return places(english).join() !== places(chinese).join();
    });
    expect(unlike).toEqual([]);
  });

  test("has no word that no screen says", () => {
    const text = sources(folder);
    expect(keysOf(en).filter((key) => !isSaid(key, text))).toEqual([]);
  });

  test("is asked for no word that it lacks", () => {
    const asked = [...sources(folder).matchAll(/\bt\("(\w+)"/g)].map(([, key]) => key ?? "");
    const known = new Set(keysOf(en));
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
  });
});
