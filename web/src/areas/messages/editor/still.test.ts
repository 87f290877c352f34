import { expect, test } from "vitest";

import { still } from "./still";

test("pictures from elsewhere are left out and counted, our own stay, nothing else is loaded", () => {
  const { page, blocked } = still(
    '<html><head><link rel="stylesheet" href="https://a.example/x.css"><style>@import url(https://b.example/y.css); p { background: url(https://c.example/z.png) }</style></head>' +
      '<body background="https://d.example/b.png"><script>alert(1)</script><img src="/media/a.png"><img src="https://e.example/e.png" srcset="https://e.example/2.png 2x"><p style="background:url(//f.example/f.png)">Hi</p></body></html>',
  );
  expect(blocked).toBe(1);
  expect(page).toContain('src="/media/a.png"');
  expect(page).not.toMatch(/example|<script|<link/);
  expect(page).toContain("Hi");
});
