// Somebody who joins: fills in the form with two children, follows the link in the mail, and is told the
// reference. Says what is wrong, a line each.

import { createRequire } from "node:module";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { Look } from "./look.mjs";

const told = JSON.parse(process.argv[2]);
const require = createRequire(join(told.modules, "here.js"));
const { chromium } = require("playwright-core");

const WALKS = [
  { name: "join-phone-script", width: 390, height: 844, scheme: "light", script: true, locale: "en-GB" },
  { name: "join-phone-german", width: 390, height: 844, scheme: "dark", script: false, locale: "de-DE" },
  { name: "join-desk-german-script", width: 1280, height: 800, scheme: "dark", script: true, locale: "de-DE" },
];

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

async function letters() {
  return (await readdir(told.mail).catch(() => [])).filter((it) => it.endsWith(".eml"));
}

/** Presses the button that goes on, as a person does: the last one of the form. */
async function goOn(page) {
  await page.locator("main form button:not(.skip)").last().click();
}

async function joins(look, walk, number) {
  const { page } = look;
  const german = walk.locale.startsWith("de");
  await look.at("/register");
  await page.locator("#name").fill("Grace Hopper");
  await goOn(page);
  await look.now("register-wrong");
  if (await page.locator(".wrong").count() < 4) look.say("not all that is missing is told");

  const address = `grace${number}@example.org`;
  await page.locator("#email").fill(address);
  await page.locator("#address").fill("1 Main Street\nArlington");
  await page.locator("#born").fill("1986-12");
  await page.locator("#concession").fill("student");
  if (walk.script) {
    // It is worked out while they type.
    await page.locator("#dues .number").first().waitFor();
    await page.locator("#dues").getByText("12").first().waitFor();
  } else {
    await page.locator("button[value=dues]").click();
    if (!(await page.locator("#dues").innerText()).includes("12")) look.say("the amount is not worked out");
  }
  await look.now("register-dues");
  await page.locator("[name=children]").check();
  await page.locator("[name=house-rules]").check();
  await goOn(page);

  for (const [name, last] of [["Byron", false], ["Annabella", true]]) {
    await look.now(`child-${name}`);
    await page.locator("#child-name").fill(name);
    await page.locator("#child-born").fill("2015-05");
    if (!last) await page.locator("[name=children]").check();
    await goOn(page);
  }
  await look.now("mailed");

  let link;
  while (!link) {
    for (const it of await letters()) {
      const text = (await readFile(join(told.mail, it), "utf8")).replaceAll("=\r\n", "").replaceAll("=3D", "=");
      if (text.includes(`<${address}>`)) link = text.match(/\/register\/confirm\?link=[0-9a-f.]+/)?.[0] ?? link;
    }
  }
  await look.at(link);
  await goOn(page);
  await look.now("joined");
  const end = await page.locator("main").innerText();
  for (const part of ["SM", "Byron", "Annabella", german ? "Deine Nummer" : "Your number"]) {
    if (!end.includes(part)) look.say(`does not say ${part}`);
  }
  if ((await page.locator("html").getAttribute("lang")) !== (german ? "de" : "en")) look.say("is in the wrong language");
  await look.at("/house-rules");
}

const browser = await chromium.launch({ executablePath: told.chromium, args: FLAGS });
const wrong = [];
for (const [number, walk] of WALKS.entries()) {
  await rm(join(told.pictures, walk.name), { recursive: true, force: true });
  const context = await browser.newContext({
    viewport: { width: walk.width, height: walk.height },
    colorScheme: walk.scheme,
    javaScriptEnabled: walk.script,
    locale: walk.locale,
  });
  const look = new Look(await context.newPage(), walk, told, require.resolve("axe-core"));
  await joins(look, walk, number);
  wrong.push(...look.wrong);
  console.log(`${walk.name}: largest ${look.largest} bytes`);
  await context.close();
}
await browser.close();
for (const line of new Set(wrong)) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
