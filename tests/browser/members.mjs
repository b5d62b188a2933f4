// A member in a browser: logs in, looks at everything, changes something, loses a fob, gives a guest a
// passcode, asks to leave, logs out. Says what is wrong, a line each.

import { createRequire } from "node:module";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { Look } from "./look.mjs";

const told = JSON.parse(process.argv[2]);
const require = createRequire(join(told.modules, "here.js"));
const { chromium } = require("playwright-core");

const WALKS = [
  { name: "member-phone-script", width: 390, height: 844, scheme: "light", script: true, locale: "en-GB" },
  { name: "member-phone-german", width: 390, height: 844, scheme: "dark", script: false, locale: "de-DE" },
  { name: "member-desk-german-script", width: 1280, height: 800, scheme: "dark", script: true, locale: "de-DE" },
];

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Logs in by the stand-in for GitHub, as somebody does by hand. */
async function logIn(context) {
  const page = await context.newPage();
  await page.goto(`${told.url}/login`);
  await page.locator("a.button").first().click();
  await page.getByRole("link", { name: "ada", exact: true }).click();
  await page.waitForURL(`${told.url}/profile`);
  await page.close();
}

/** Logs in by the newest link in a mail. */
async function byMail(look) {
  const before = await letters();
  await look.page.locator("#email").fill("ada@example.org");
  await look.page.locator("form[action='/login/mail'] button").click();
  await look.now("mail-sent");
  let fresh = [];
  while (fresh.length === 0) fresh = (await letters()).filter((it) => !before.includes(it));
  const text = (await readFile(join(told.mail, fresh[0]), "utf8")).replaceAll("=\r\n", "").replaceAll("=3D", "=");
  const link = text.match(/\/login\/link\?key=[0-9a-f.]+/)[0];
  await look.at(link);
  await look.page.locator("main form button").click();
  await look.page.waitForURL(`${told.url}/profile`);
}

async function letters() {
  return (await readdir(told.mail).catch(() => [])).filter((it) => it.endsWith(".eml"));
}

async function everything(look, walk, number) {
  const { page } = look;
  await look.at("/profile");
  for (const it of await page.locator("details > summary").all()) await it.click();
  await look.now("profile-open");
  for (const path of ["/profile/visits", "/profile/leave", "/editme", "/guests", "/logout"]) await look.at(path);

  await look.at("/editme");
  await page.locator("#chosen-amount").fill("a lot");
  await page.locator("main form button").first().click();
  await look.now("edit-wrong");
  if (!(await page.locator("[role=alert]").count())) look.say("nothing is wrong with a lot");
  await look.at("/editme");
  await page.locator("#phone").fill(`0800 ${number}`);
  await page.locator("main form button").first().click();
  await look.now("edit-shown");
  await page.locator("button[value=commit]").click();
  await page.waitForURL(`${told.url}/profile`);

  await look.at("/guests");
  await page.locator("form[action='/guests'] button").click();
  await look.now("guest-passcode");
  if (!/\d{8}/.test(await page.locator("main code").innerText())) look.say("no passcode");
  await look.at("/guests");
  await page.locator("form[action='/guests/end'] button").first().click();
  if (await page.locator("form[action='/guests/end']").count()) look.say("the pass did not end");

  await look.at("/profile");
  const lost = page.locator("form[action='/profile/lost']");
  const held = await lost.count();
  await page.locator("details:has(form[action='/profile/lost']) > summary").first().click();
  await lost.first().locator("button").click();
  await page.waitForURL(`${told.url}/profile`);
  if (await lost.count() !== held - 1) look.say("the fob was not lost");

  await look.at("/profile/leave");
  await page.locator("main form button").click();
  await look.now("leave-asked");
  await look.at("/logout");
  await page.locator("form[action='/logout'] button").click();
  await page.waitForURL(/\/login/);
  await page.goto(`${told.url}/profile`);
  if (!page.url().includes("/login")) look.say("the logout did not count");
  const german = walk.locale.startsWith("de");
  const language = await page.getAttribute("html", "lang");
  if (language !== (german ? "de" : "en")) look.say(`is in ${language}`);
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
  if (number > 0) await logIn(context);
  const look = new Look(await context.newPage(), walk, told, require.resolve("axe-core"));
  await look.at("/login");
  if (number === 0) await byMail(look);
  await everything(look, walk, number);
  wrong.push(...look.wrong);
  console.log(`${walk.name}: largest ${look.largest} bytes`);
  await context.close();
}
await browser.close();
for (const line of new Set(wrong)) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
