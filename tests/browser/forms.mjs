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
    fill: { fob: "4711", expiration: "2035-01-31" },
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
    fill: { priority: "2", description: "Sewing", from: "19:00", to: "21:00", until: "2035-06-30" },
    choose: { facility: "laser" },
    tick: ["day"],
    shows: "The next times",
  },
  { path: "/requirements/change?tag=evening", fill: { to: "22:00" }, shows: "The next times" },
  { path: "/requirements/revoke?tag=evening" },
];

/** The forms that lead from one step to the next. */
const STEPS = ["/undo"];

/** Tells whether a test fills in the form that sends to a path. */
export function passed(action) {
  const all = FORMS({}).map((it) => it.path.split("?")[0]);
  return [...all, ...STEPS].includes(action);
}

export async function forms(look, told) {
  for (const form of FORMS(told)) await one(look, form);
}

async function one(look, { path, empty, fill = {}, choose = {}, tick = [], shows }) {
  const { page } = look;
  await look.at(path);
  if (empty) {
    await press(look, "Show what will change");
    await expect(look, empty);
    await look.now(`${path} refused`);
  }
  for (const [name, value] of Object.entries(choose)) await page.selectOption(`[name="${name}"]`, value);
  for (const [name, value] of Object.entries(fill)) await page.fill(`[name="${name}"]`, value);
  for (const name of tick) await page.locator(`[name="${name}"]`).first().check();
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
