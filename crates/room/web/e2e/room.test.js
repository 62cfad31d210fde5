/** The room's main paths, as people walk them, over the invented reports of samples/. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { visitor, withoutBrowser } from "./browser.js";
import { openRoom, withoutProgram } from "./program.js";
import { addReport, claimOf, claimsReady, correctDay, counted, documentNamed, firstAccount, logIn, logOut, merge, MISSED, NAME, REPORT, sendMissed, signOff, undo } from "./walks.js";

const skip = withoutBrowser() || withoutProgram();
let room, somebody, page;

before(async () => {
  if (skip) return;
  room = await openRoom(["samples/reports"]);
  somebody = await visitor();
  page = somebody.page;
});

after(async () => {
  await somebody?.close();
  await room?.close();
});

const open = (path) => page.goto(room.address + path, { waitUntil: "networkidle" });

test("whoever comes before there is an account reads, and is told how the first one is made", { skip }, async () => {
  await open("/");
  assert.match(await page.locator("h1").innerText(), /^Brief, /);
  assert.match(await page.locator(".notice").innerText(), /Nobody has an account yet/);
  assert.equal(await page.getByRole("link", { name: "Log in" }).count(), 1);
});

test("a footnote leads to the marked words of a stored document", { skip }, async () => {
  await open("/");
  const note = page.locator("main sup a").first();
  await note.click();
  const entry = page.locator(".footnotes li:target");
  const words = await entry.locator("q").innerText();
  await entry.locator("a").first().click();
  await page.locator("mark.current").first().waitFor();
  const marked = (await page.locator("mark.current").allInnerTexts()).join("");
  assert.ok(words.replace(/\s+/g, " ").includes(marked.replace(/\s+/g, " ")), `${words} / ${marked}`);
  assert.equal(await page.locator("aside:visible .quote").innerText(), marked);
});

test("the first account is made by the link, once", { skip }, async () => {
  await firstAccount(page, room);
  assert.match(await page.locator("header.top").innerText(), new RegExp(`${NAME}.*administrator`));
  await logOut(page);
  await page.goto(room.first);
  assert.equal(await page.getByLabel("Once more").count(), 0);
  somebody.forgive(/welcome/);
});

test("in again with the password, and not with another one", { skip }, async () => {
  await logIn(page, room, "some other long word");
  const refused = await page.getByRole("alert").waitFor().then(() => null, (error) => error);
  somebody.forgive(/login/);
  await logIn(page, room);
  await page.getByRole("link", { name: NAME }).waitFor();
  assert.equal(refused, null);
});

test("adds a report: first what was read, then kept, then its claims beside the words", { skip }, async () => {
  await addReport(page, room);
  const panel = await claimOf(page, REPORT.words);
  assert.match(await panel.locator("dl").innerText(), /Vesk[\s\S]*Dubrel/);
});

test("corrects a claim with a reason, and undoes it", { skip }, async () => {
  const address = await documentNamed(page, room, "01-ternwire-dubrel.txt");
  await page.goto(address);
  await claimsReady(page);
  const words = await page.locator("aside:visible .quote").innerText();
  const before = await page.locator("aside:visible dl").innerText();
  await correctDay(page, words, "2031-03-01");
  assert.match(await (await claimOf(page, words)).locator("dl").innerText(), /1 March 2031/);
  await undo(page);
  await page.goto(address);
  assert.equal(await (await claimOf(page, words)).locator("dl").innerText(), before);
});

test("adds a claim that was missed, by its words", { skip }, async () => {
  await page.goto(await documentNamed(page, room, "01-ternwire-dubrel.txt"));
  await claimsReady(page);
  await page.locator("pre.text").evaluate((holder, wanted) => {
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(wanted);
      if (at >= 0) document.getSelection().setBaseAndExtent(node, at, node, at + wanted.length);
    }
  }, MISSED);
  await page.getByRole("button", { name: "Add these words as a claim" }).click();
  assert.equal(await page.getByLabel("Its words").inputValue(), MISSED);
  await sendMissed(page);
  await undo(page);
});

test("merges two incidents, and undoes it", { skip }, async () => {
  await open("/incidents?days=all");
  const count = await counted(page);
  await page.locator("table.data tbody a").first().click();
  await merge(page);
  await open("/incidents?days=all");
  assert.equal(await counted(page), count - 1);
  await page.goBack();
  await undo(page);
  await open("/incidents?days=all");
  assert.equal(await counted(page), count);
});

test("one filter for list, map and timeline, held in the address", { skip }, async () => {
  await open("/incidents?days=all");
  const count = await counted(page);
  await Promise.all([page.waitForURL(/standing=contested/), page.getByLabel("Standing").selectOption("contested")]);
  await page.locator(".map-mark, .map-knot").first().waitFor();
  const fewer = await counted(page);
  assert.ok(fewer > 0 && fewer < count);
  assert.ok(!page.url().includes("party="));
  const rows = page.locator("table.data .standing");
  assert.deepEqual([...new Set(await rows.allInnerTexts())], ["contested"]);
  const bars = await page.locator(".timeline-picture a").evaluateAll((links) => links.map((a) => a.getAttribute("aria-label")));
  assert.ok(bars.length > 0 && bars.every((name) => name.endsWith("contested")), bars.join());
});

test("exports what the filter shows, and no more", { skip }, async () => {
  await open("/incidents?days=all&standing=contested");
  const count = await counted(page);
  const link = await page.getByRole("link", { name: "GeoJSON" }).getAttribute("href");
  assert.match(link, /standing=contested/);
  const answer = await page.request.get(room.address + link);
  assert.equal(answer.status(), 200);
  const { type, features } = await answer.json();
  assert.equal(type, "FeatureCollection");
  assert.ok(features.length > 0 && features.length <= count);
  assert.deepEqual([...new Set(features.map((f) => f.properties.standing))], ["contested"]);
});

test("signs the brief off", { skip }, async () => {
  const entry = await signOff(page, room);
  assert.ok(entry > 0);
  const issued = await page.getByRole("link", { name: "The brief as it was issued" }).first().getAttribute("href");
  const answer = await page.request.get(room.address + issued);
  assert.equal(answer.status(), 200);
  assert.match(await answer.text(), /^# Brief, /);
});

test("no script failed, and nobody else was asked for anything", { skip }, () => somebody.assertQuiet(room.host));
