// Looks at one page after another: what anybody would object to, whichever page it is.

import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const MOST_BYTES = 100_000;

export class Look {
  wrong = [];
  largest = 0;
  #actions = new Set();
  #count = 0;

  constructor(page, walk, told, axe) {
    Object.assign(this, { page, walk, told, axe });
    page.setDefaultTimeout(30_000);
    page.on("console", (it) => this.#heard(it));
    page.on("pageerror", (it) => this.say(`error: ${it}`));
    page.on("requestfailed", (it) => this.failed(it));
    page.on("request", (it) => {
      if (!it.url().startsWith(told.url) && !it.url().startsWith("data:")) this.say(`asks ${it.url()}`);
    });
  }

  say(words) {
    this.wrong.push(`${this.walk.name} ${this.page.url().replace(this.told.url, "")}: ${words}`);
  }

  // Whoever fills in something wrong is told so by the page, which the browser takes for a failure.
  #heard(message) {
    const refused = message.text().includes("the server responded with a status of 422");
    if (message.type() === "error" && !refused) this.say(`console: ${message.text()}`);
  }

  // A stream of events ends when the page does.
  failed(request) {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") this.say(`failed: ${request.url()}`);
  }

  /** Opens a page and looks at it; `false` for what is not a page. */
  async at(path) {
    const answer = await this.page.goto(this.told.url + path, { waitUntil: "load" }).catch((error) => {
      if (!String(error).includes("Download is starting")) throw error;
    });
    if (!answer?.headers()["content-type"]?.startsWith("text/html")) return false;
    if (answer.status() !== 200) this.say(`answers ${answer.status()}`);
    await this.now(path);
    return true;
  }

  /** Looks at the page that is open. */
  async now(name) {
    const { page } = this;
    const bytes = Buffer.byteLength(await page.content());
    this.largest = Math.max(this.largest, bytes);
    if (bytes > MOST_BYTES) this.say(`has ${bytes} bytes`);
    const [inner, wide] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
    if (wide > inner) this.say(`is ${wide} pixels wide`);
    for (const action of await page.$$eval("form[method=post]", (all) => all.map((it) => it.getAttribute("action")))) {
      this.#actions.add(action);
    }
    // It waits for timers, which need scripts.
    if (this.walk.script) await this.#axe();
    await this.picture(name);
  }

  async #axe() {
    await this.page.evaluate(await readFile(this.axe, "utf8"));
    const found = await this.page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const it of found.violations) {
      const where = it.nodes.slice(0, 3).map((node) => node.html.slice(0, 200));
      this.say(`axe ${it.id}: ${it.help}: ${where.join(" | ")}`);
    }
  }

  async picture(name) {
    const folder = join(this.told.pictures, this.walk.name);
    await mkdir(folder, { recursive: true });
    const number = String(this.#count++).padStart(3, "0");
    const file = `${number}-${name.replace(/[^a-z0-9]+/gi, "-").slice(0, 60)}.png`;
    await this.page.screenshot({ path: join(folder, file), fullPage: true });
  }

  /** Returns the paths that links on this page lead to. */
  async links() {
    const all = await this.page.$$eval("a[href]", (links) => links.map((it) => it.getAttribute("href")));
    return all.filter((it) => it.startsWith("/"));
  }

  /** Returns where the forms of all pages send to. */
  actions() {
    return [...this.#actions];
  }
}
