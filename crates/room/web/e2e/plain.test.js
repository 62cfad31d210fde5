/** The same paths with scripts turned off: nothing of the work needs one. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { visitor, withoutBrowser } from "./browser.js";
import { openRoom, withoutProgram } from "./program.js";
import { addReport, claimOf, correctDay, counted, documentNamed, firstAccount, logIn, logOut, merge, MISSED, NAME, REPORT, sendMissed, signOff, split, undo } from "./walks.js";

const skip = withoutBrowser() || withoutProgram();
let room, somebody, page;

before(async () => {
  if (skip) return;
  room = await openRoom(["samples/reports"]);
  somebody = await visitor({ javaScriptEnabled: false });
  page = somebody.page;
});

after(async () => {
  await somebody?.close();
  await room?.close();
});

test("first account, out and in again", { skip }, async () => {
  await firstAccount(page, room);
  await logOut(page);
  await logIn(page, room);
  await page.getByRole("link", { name: NAME }).waitFor();
});

test("from a footnote to the marked words, and from them to the fields", { skip }, async () => {
  await page.goto(`${room.address}/`);
  await page.locator("main sup a").first().click();
  await page.locator(".footnotes li:target a").first().click();
  await page.waitForURL(/\/documents\/.*#c-/);
  const id = new URL(page.url()).hash.slice("#c-".length);
  await page.locator(`mark[data-claim~="${id}"] a[href]`).first().click();
  assert.ok(await page.locator(`aside:target`).isVisible());
});

test("adds a report: first what was read, then kept, then its claims beside the words", { skip }, async () => {
  await addReport(page, room);
  const panel = await claimOf(page, REPORT.words);
  assert.match(await panel.locator("dl").innerText(), /Vesk[\s\S]*Dubrel/);
});

test("corrects a claim, and undoes it", { skip }, async () => {
  await page.goto(await documentNamed(page, room, "01-ternwire-dubrel.txt"));
  const words = await page.locator("aside .quote").first().innerText();
  await correctDay(page, words, "2031-03-01");
  assert.match(await (await claimOf(page, words)).locator("dl").innerText(), /1 March 2031/);
  await undo(page);
});

test("adds a claim that was missed, by its words", { skip }, async () => {
  await page.goto(await documentNamed(page, room, "01-ternwire-dubrel.txt"));
  await page.getByLabel("Its words").fill(MISSED);
  await sendMissed(page);
  await undo(page);
});

test("merges two incidents, and undoes it", { skip }, async () => {
  await page.goto(`${room.address}/incidents?days=all`);
  const count = await counted(page);
  await page.locator("table.data tbody a").first().click();
  await merge(page);
  await undo(page);
  await page.goto(`${room.address}/incidents?days=all`);
  assert.equal(await counted(page), count);
});

test("splits an incident, and undoes it", { skip }, async () => {
  await page.goto(`${room.address}/incidents?days=all&standing=contested`);
  await page.locator("table.data tbody a").first().click();
  await split(page);
  await undo(page);
});

test("what cannot be read of a table is told by row, and the rest is shown", { skip }, async () => {
  await page.goto(`${room.address}/add`);
  const buffer = Buffer.from("published,text\nsoon,Nothing was seen.\n2031-03-10,Vesk's army said on Monday that Orlavan troops had fired on its post near Hollin.\n");
  await page.getByLabel("Or choose files").setInputFiles({ name: "diary.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Read it" }).click();
  assert.match(await page.locator("section[role=alert]").innerText(), /diary\.csv:2: .*soon/);
  assert.equal(await page.locator("article.card").count(), 1);
});

test("checks the whole log", { skip }, async () => {
  await page.goto(`${room.address}/log`);
  await page.getByRole("link", { name: "Check every entry" }).click();
  assert.match(await page.getByRole("status").innerText(), /In order: \d+ entries/);
});

test("filters by the form's button", { skip }, async () => {
  await page.goto(`${room.address}/incidents?days=all`);
  await page.getByLabel("Standing").selectOption("contested");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/standing=contested/);
  assert.deepEqual([...new Set(await page.locator("table.data .standing").allInnerTexts())], ["contested"]);
});

test("signs the brief off", { skip }, async () => {
  await signOff(page, room);
});
