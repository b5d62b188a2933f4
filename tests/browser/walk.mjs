// Walks the panel: every page that a link leads to, then every form. Says what is wrong, a line each.

import { createRequire } from "node:module";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { Look } from "./look.mjs";
import { forms, passed } from "./forms.mjs";

const told = JSON.parse(process.argv[2]);
const require = createRequire(join(told.modules, "here.js"));
const { chromium } = require("playwright-core");

// Each width, each scheme, with and without JavaScript, in half as many walks.
const WALKS = [
  { name: "phone-light-script", width: 390, height: 844, scheme: "light", script: true },
  { name: "phone-dark", width: 390, height: 844, scheme: "dark", script: false },
  { name: "desk-light", width: 1280, height: 800, scheme: "light", script: false },
  { name: "desk-dark-script", width: 1280, height: 800, scheme: "dark", script: true },
];

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const MOST_PAGES = 80;

/** Follows all links from the first page on, and looks at each page once. */
async function pages(look) {
  const seen = new Set();
  const open = ["/"];
  while (open.length > 0 && seen.size < MOST_PAGES) {
    const path = open.shift();
    // One page of a kind is enough: what differs is only whom or what it is about.
    const kind = path.replace(/#.*/, "").replace(/=[^&]*/g, "=").replace(/[0-9a-f]{7,40}|\d+/g, "N");
    if (seen.has(kind)) continue;
    seen.add(kind);
    if (!await look.at(path)) continue;
    open.push(...await look.links());
  }
  return seen.size;
}

await rm(told.pictures, { recursive: true, force: true });
const browser = await chromium.launch({ executablePath: told.chromium, args: FLAGS });
const wrong = [];
for (const walk of WALKS) {
  const context = await browser.newContext({
    viewport: { width: walk.width, height: walk.height },
    colorScheme: walk.scheme,
    javaScriptEnabled: walk.script,
    httpCredentials: { username: told.login, password: told.password, send: "always" },
    locale: "en-GB",
  });
  const look = new Look(await context.newPage(), walk, told, require.resolve("axe-core"));
  const count = await pages(look);
  await forms(look, told);
  wrong.push(...look.wrong, ...look.actions().filter((it) => !passed(it)).map((it) => `no test fills in ${it}`));
  console.log(`${walk.name}: ${count} pages, largest ${look.largest} bytes`);
  await context.close();
}
await browser.close();
for (const line of new Set(wrong)) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
