// Fills in every form: looks at what will change, agrees, and undoes it, as somebody does by hand.

/** What to fill in, by the path of the form. */
const FORMS = (told) => [
  {
    path: "/members/add?back=/requirements",
    empty: "the name is missing",
    fill: { name: "Hedy Lamarr", email: "hedy@example.org" },
    choose: { tier: "guest" },
  },
  { path: "/members/edit?member=0002", fill: { name: "Robert Noyce", chosen: "30" } },
  { path: "/members/leave?member=0002", tick: ["revoke"] },
  { path: "/members/suspend?member=0002", empty: "the reason is missing", fill: { reason: "left the kiln on" } },
  {
    path: "/credentials/add?member=0002",
    empty: "neither a fob nor a passcode",
    fill: { fob: "4711", expiration: "2099-01-31" },
    tick: ["facility"],
  },
  { path: `/credentials/replace?tag=${told.bob}`, fill: { fob: "4712" } },
  { path: `/credentials/revoke?tag=${told.bob}` },
  {
    path: "/inductions/add?member=0002",
    fill: { by: "ada" },
    choose: { facility: "laser" },
  },
  {
    path: "/requirements/add?back=/requirements",
    empty: "the day of the week is missing",
    fill: { priority: "2", description: "Sewing", from: "19:00", to: "21:00", until: "2099-06-30" },
    choose: { facility: "laser" },
    tick: ["day"],
    shows: "The next times",
  },
  { path: "/requirements/change?tag=evening", fill: { to: "22:00" }, shows: "The next times" },
  { path: "/requirements/revoke?tag=evening" },
  { path: "/payments/add?member=0003", empty: "the amount is missing", fill: { amount: "25" } },
];

/** Forms that change no record: what to fill in, what to press, and what the answer says. */
const QUESTIONS = [
  { path: "/ask", fill: { fob: "15408774" }, choose: { facility: "laser" }, press: "Ask", shows: "granted" },
  { path: "/hardware", press: "Unlock", shows: "unlocked" },
  { path: "/simulator", fill: { fob: "10649959" }, choose: { facility: "frontdoor" }, press: "Hold it to the reader", shows: "granted" },
  { path: "/members/0001", action: "/members/N/reveal", fill: { reason: "a parcel" }, press: "Show", shows: "ada@example.org" },
  { path: "/members/nudge?member=0002", tick: ["again"], press: "Send it", shows: "was asked by e-mail" },
  { path: "/members/welcome?member=0002", press: "Send it", shows: "The welcome was sent" },
];

/** The forms that lead from one step to the next. */
const STEPS = ["/undo", "/payments/import/commit", "/payments/import/walk", "/payments/assign"];

const STATEMENT = "/payments/import";

/** A bank's file with two transactions, whose ids are of this walk alone. */
const ofx = (walk) => [
  "OFXHEADER:100", "DATA:OFXSGML", "VERSION:102", "CHARSET:1252", "",
  "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP<BANKACCTFROM><ACCTID>1</BANKACCTFROM>",
  "<BANKTRANLIST>",
  `<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261102<TRNAMT>25.00<FITID>${walk}-1<NAME>C BABBAGE<MEMO>SM0003</STMTTRN>`,
  `<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261103<TRNAMT>7.00<FITID>${walk}-2<NAME>SOMEBODY<MEMO>hello</STMTTRN>`,
  "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>",
].join("\r\n");

/** Tells whether a test fills in the form that sends to a path. */
export function passed(action) {
  const all = [...FORMS({}), ...QUESTIONS].map((it) => it.action ?? it.path.split("?")[0]);
  return [...all, ...STEPS, STATEMENT].includes(action.replace(/\d+/g, "N"));
}

export async function forms(look, told) {
  for (const form of FORMS(told)) await one(look, form);
  for (const question of QUESTIONS) await ask(look, question);
  await statement(look);
}

async function ask(look, { path, fill = {}, choose = {}, tick = [], press: button, shows }) {
  await look.at(path);
  await enter(look, fill, choose, tick);
  await press(look, button);
  await expect(look, shows);
  await look.now(`${path} answer`);
}

/** Sends a bank's file, and imports it. */
async function statement(look) {
  await look.at(STATEMENT);
  const file = { name: "november.ofx", mimeType: "application/x-ofx", buffer: Buffer.from(ofx(look.walk.name)) };
  await look.page.setInputFiles("input[type=file]", file);
  await press(look, "Show what will change");
  await expect(look, "lines in all");
  await look.now(`${STATEMENT} preview`);
  await press(look, /^Decide about/);
  await look.now(`${STATEMENT} walk`);
  await look.page.check('[name="choice"][value="member"]');
  await press(look, "Next");
  await expect(look, "The member is missing");
  await look.now(`${STATEMENT} walk refused`);
  await press(look, "Leave all that follow");
  await expect(look, "Payment: import");
  await look.now(`${STATEMENT} walk end`);
  await press(look, "Import these transactions");
  await expect(look, "Done");
  await look.now(`${STATEMENT} done`);
  await look.at("/payments");
  const [assign] = (await look.links()).filter((it) => it.startsWith("/payments/assign"));
  await one(look, { path: assign, fill: { member: "0003", months: "0" }, tick: ["remember"] });
}

async function enter({ page }, fill, choose, tick) {
  for (const [name, value] of Object.entries(choose)) await page.selectOption(`[name="${name}"]`, value);
  for (const [name, value] of Object.entries(fill)) await page.fill(`[name="${name}"]`, value);
  for (const name of tick) await page.locator(`[name="${name}"]`).first().check();
}

async function one(look, { path, empty, fill = {}, choose = {}, tick = [], shows }) {
  const { page } = look;
  await look.at(path);
  if (empty) {
    await press(look, "Show what will change");
    await expect(look, empty);
    await look.now(`${path} refused`);
  }
  await enter(look, fill, choose, tick);
  await press(look, "Show what will change");
  await expect(look, shows ?? "This will be done");
  await page.locator("summary").first().click();
  await look.now(`${path} preview`);
  await press(look, "Back to the form");
  for (const [name, value] of Object.entries(fill)) {
    const kept = await page.inputValue(`[name="${name}"]`);
    if (kept !== value) look.say(`${name} is ${kept} and not ${value}`);
  }
  await press(look, "Show what will change");
  await press(look, "Do it");
  await expect(look, "Done");
  await look.now(`${path} done`);
  await press(look, "Undo");
  await look.now(`${path} undo`);
  await press(look, "Do it");
  await expect(look, "Done");
}

async function press(look, words) {
  await Promise.all([
    look.page.waitForEvent("load"),
    look.page.getByRole("button", { name: words, exact: true }).last().click(),
  ]);
}

async function expect(look, words) {
  const text = await look.page.locator("main").innerText();
  if (!text.includes(words)) look.say(`does not say "${words}": ${text.slice(0, 400)}`);
}
