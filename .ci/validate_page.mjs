// Opens HTML reports in headless Chromium: nothing may be requested, no script may fail, axe-core may find
// nothing of WCAG A and AA. Run by .ci/validators from the folder that holds its packages.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "page-"));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  headless: true,
  userDataDir: profile,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const wrong = [];
for (const file of process.argv.slice(2)) {
  const name = path.basename(file);
  const page = await browser.newPage();
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) wrong.push(`${name} requests ${request.url()}`);
  });
  page.on("pageerror", (error) => wrong.push(`${name}: ${error.message}`));
  page.on("console", (line) => { if (line.type() === "error") wrong.push(`${name}: ${line.text()}`); });
  const address = `file://${path.resolve(file)}`;
  await page.goto(address, { waitUntil: "load" });
  // axe itself is a script the page's policy would refuse: from here on the policy is set aside.
  await page.setBypassCSP(true);
  for (const scheme of ["light", "dark"]) {
    for (const width of [1360, 390]) {
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(address, { waitUntil: "load" });
      await page.evaluate(axe);
      const found = await page.evaluate(async (tags) => {
        for (const folded of document.querySelectorAll("details")) folded.open = true;
        for (const lazy of document.querySelectorAll(".subject, details")) lazy.style.contentVisibility = "visible";
        const answer = await globalThis.axe.run(document, { runOnly: tags });
        return {
          violations: answer.violations.map((each) => `${each.id} at ${each.nodes[0].target}`),
          isWide: document.documentElement.scrollWidth > innerWidth,
        };
      }, rules);
      for (const each of found.violations) wrong.push(`${name} violates ${each} (${scheme}, ${width})`);
      if (found.isWide) wrong.push(`${name} is wider than a window of ${width}`);
    }
  }
  await page.close();
  if (wrong.length === 0) console.log(`HTML ${name}: no request, no error, no axe violation`);
}
await browser.close();
fs.rmSync(profile, { recursive: true, force: true });
for (const each of new Set(wrong)) console.log(each);
process.exit(wrong.length ? 1 : 0);
