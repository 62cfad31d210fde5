/** The livelier parts, one by one, on pages of our own under the room's policy. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { visitor, withoutBrowser } from "./browser.js";
import { serveFixtures } from "./static.js";

const skip = withoutBrowser();
let site, somebody, page;

before(async () => {
  if (skip) return;
  site = await serveFixtures();
  somebody = await visitor();
  page = somebody.page;
});

after(async () => {
  await somebody?.close();
  await site?.stop();
});

const open = (path) => page.goto(site.address + path, { waitUntil: "networkidle" });

test("map: titles are never markup and links never leave the site", { skip }, async () => {
  await open("/incidents.html");
  await page.locator(".map-mark.several").click();
  const popup = page.locator(".map-popup");
  assert.match(await popup.innerText(), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await popup.locator("img").count(), 0);
  assert.deepEqual(await popup.locator("a").evaluateAll((links) => links.map((a) => a.getAttribute("href"))), [`${site.address}/document.html?0`, null]);
});

test("map: signs, areas, lines with letters and what they are, and how many are not on it", { skip }, async () => {
  await open("/incidents.html");
  assert.equal(await page.locator(".map-mark").count(), 4);
  assert.equal(await page.locator("path.precision").count(), 4);
  assert.deepEqual(await page.locator(".map-name.letter").allInnerTexts(), ["A", "B", "C", "D"]);
  assert.match(await page.locator(".map-legend").innerText(), /Lines and zones \(4\)/);
  assert.match(await page.locator("[data-module~=map]").innerText(), /5 incidents on the map\. 1 without a place is in the list only/);
});

test("map: reached and opened by keyboard", { skip }, async () => {
  await open("/incidents.html");
  await page.locator(".map-mark").first().focus();
  await page.keyboard.press("Enter");
  await page.locator(".map-popup").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".map-popup").waitFor({ state: "detached" });
  assert.match(await page.evaluate(() => document.activeElement.className), /map-mark/);
});

test("timeline: days stay days in every zone", { skip }, async () => {
  for (const timezoneId of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
    const far = await visitor({ timezoneId });
    await far.page.goto(`${site.address}/incidents.html`, { waitUntil: "networkidle" });
    const names = await far.page.locator(".timeline-picture a").evaluateAll((links) => links.map((a) => a.getAttribute("aria-label")));
    assert.equal(names[0], "Shelling at Dubrel, about 1 March 2031, contested");
    assert.equal(names[4], "Movement of guns, about from 5 March 2031, corroborated");
    await far.close();
  }
});

test("timeline: closer, wider and moved, by buttons and by keys; the undated stand apart", { skip }, async () => {
  await open("/incidents.html");
  const bars = page.locator(".timeline-picture a");
  const shown = () => page.locator(".controls input").evaluateAll((inputs) => inputs.map((input) => input.value));
  assert.equal(await bars.count(), 6);
  await page.getByRole("button", { name: "Closer" }).click();
  const closer = await shown();
  assert.ok((await bars.count()) < 6);
  await page.locator(".timeline-picture a").first().focus();
  await page.keyboard.press("ArrowRight");
  assert.notDeepEqual(await shown(), closer);
  await page.getByRole("button", { name: "All days" }).click();
  assert.equal(await bars.count(), 6);
  assert.match(await page.locator(".undated").innerText(), /Without a day: 1\s+Access to the well/);
});

test("filter: what is empty stays out of the address, and the reader goes on where they were", { skip }, async () => {
  await open("/incidents.html");
  await page.getByLabel("Standing").focus();
  await Promise.all([page.waitForURL("**/incidents.html?standing=mutual"), page.getByLabel("Standing").selectOption("mutual")]);
  await page.waitForFunction(() => document.activeElement?.id === "standing");
});

test("document: claims in the order of the text, by keys, buttons and marks", { skip }, async () => {
  await open("/document.html");
  const current = () => page.locator("aside:visible").getAttribute("id");
  assert.equal(await current(), "claim-aa");
  await page.keyboard.press("n");
  assert.equal(await current(), "claim-aa");
  await page.keyboard.press("n");
  assert.equal(await current(), "claim-bb");
  await page.keyboard.press("j");
  assert.equal(await current(), "claim-cc");
  assert.equal(await page.locator("mark.current").innerText(), "it had shelled nobody");
  await page.getByRole("button", { name: "Previous" }).click();
  assert.equal(await current(), "claim-bb");
  await page.locator("mark[data-claim=cc]").click();
  assert.equal(await current(), "claim-cc");
  assert.equal(new URL(page.url()).hash, "#claim-cc");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "claim-cc");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-claim")), "cc");
});

test("document: words that two claims share show one after the other", { skip }, async () => {
  await open("/document.html#claim-cc");
  await page.locator("mark a").click();
  assert.equal(await page.locator("aside:visible").getAttribute("id"), "claim-aa");
  await page.locator("mark a").click();
  assert.equal(await page.locator("aside:visible").getAttribute("id"), "claim-bb");
});

test("document: selected words give offsets in code points of the stored text", { skip }, async () => {
  await open("/document.html");
  const text = "🕊 The quiet ended at dusk.\nVesk said that Orlava shelled Dubrel at dusk. Orlava said that it had shelled nobody.";
  const select = (words, paragraph) => page.evaluate(([wanted, nth]) => {
    const walker = document.createTreeWalker(document.querySelectorAll("[data-offset]")[nth], NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(wanted);
      if (at >= 0) return document.getSelection().setBaseAndExtent(node, at, node, at + wanted.length);
    }
  }, [words, paragraph]);
  for (const [words, nth] of [["quiet ended ", 0], ["Orlava shelled", 1], [" at dusk.", 1], ["shelled nobody", 1]]) {
    await select(words, nth);
    await page.waitForFunction((w) => document.querySelector("output").textContent === `“${w}”`, words.trim());
    const [start, end] = [await page.locator("input[name=start]").inputValue(), await page.locator("input[name=end]").inputValue()];
    assert.equal([...text].slice(Number(start), Number(end)).join(""), words.trim());
    assert.equal(await page.getByLabel("Its words").inputValue(), words.trim());
  }
  await page.keyboard.press("a");
  assert.equal(await page.evaluate(() => document.activeElement.id), "type");
  await page.getByLabel("Its words").fill("words of one's own");
  assert.equal(await page.locator("input[name=start]").inputValue(), "");
});

test("keys: shown, and turned off for those whom they disturb", { skip }, async () => {
  await open("/document.html");
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog");
  assert.match(await dialog.innerText(), /Next claim/);
  await dialog.getByRole("checkbox").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  assert.equal(await page.locator("aside:visible").getAttribute("id"), "claim-aa");
  await page.keyboard.press("?");
  await dialog.getByRole("checkbox").uncheck();
  await dialog.getByRole("button", { name: "Close" }).click();
});

for (const colorScheme of ["light", "dark"]) {
  test(`${colorScheme}: nothing keeps anybody out, nothing sticks out`, { skip }, async () => {
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of ["/incidents.html", "/document.html"]) {
        await open(path);
        await somebody.assertFits();
        await somebody.assertAccessible();
      }
    }
  });
}

test("no script failed, and nobody else was asked for anything", { skip }, () => somebody.assertQuiet(site.host));
