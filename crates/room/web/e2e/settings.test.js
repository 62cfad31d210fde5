/** What administrators set up: own packs, feeds and backups, in a real browser; pictures for people to look at. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { visitor, withoutBrowser } from "./browser.js";
import { openRoom, withoutProgram } from "./program.js";
import { firstAccount, logIn } from "./walks.js";

const skip = withoutBrowser() || withoutProgram();
const LINE = JSON.stringify({ type: "Feature", properties: null, geometry: { type: "LineString", coordinates: [[-125.1, -44.4], [-125, -44.9]] } });
let room, somebody, plain, page, feed;

before(async () => {
  if (skip) return;
  feed = await startFeed();
  room = await openRoom(["samples/reports"], ["--allow-local"]);
  somebody = await visitor();
  plain = await visitor({ javaScriptEnabled: false });
  page = somebody.page;
  await firstAccount(page, room);
});

after(async () => {
  await plain?.close();
  await somebody?.close();
  await room?.close();
  feed?.close();
});

test("a place is put in: first what it would change, then kept, then used", { skip }, async () => {
  await page.goto(`${room.address}/packs`);
  await page.getByRole("link", { name: "A place" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Upper Dubrel");
  await page.getByLabel("Other names").fill("Dubrel\nDubrel-on-the-hill");
  await page.getByLabel("Degrees north").fill("-44.52");
  await page.getByLabel("Degrees east").fill("-125.01");
  await seen("pack-edit-place");
  await look();
  await page.getByText(/Of the newest \d+ stored reports, \d+ hold a name/).waitFor();
  await seen("packs-look");
  await keep(1);
});

test("what is wrong is told with its file and line, and cannot be kept", { skip }, async () => {
  await page.goto(`${room.address}/packs/own/edit?what=line`);
  await page.getByLabel("Whose line it is").fill("Own line as the map of the commission has it");
  await page.getByLabel("How far it may lie").fill("0.5");
  await page.getByLabel("Its drawing as GeoJSON").fill("LINESTRING (1 2, 2 3)");
  await look();
  await page.getByText("the drawing is no GeoJSON").waitFor();
  somebody.forgive(/packs\/look/);
  await page.goto(`${room.address}/packs/own/edit?what=file&one=places.csv`);
  await page.locator("textarea").fill(`${await page.locator("textarea").inputValue()}bad,Bad,,settlement,1,2,1,,nowhere,own\n`);
  await look();
  await page.getByText("own/places.csv:3").waitFor();
  assert.equal(await page.getByRole("button", { name: "Keep it" }).count(), 0);
  await seen("packs-look-wrong");
});

test("a party, a line and an agreement, and all taken back", { skip }, async () => {
  await page.goto(`${room.address}/packs/own/edit?what=party`);
  await page.getByLabel("Name for readers").fill("Sarn League");
  await page.getByLabel("Names as reports write them").fill("Sarn League");
  await page.getByLabel("Adjectives, and words for its people").fill("Sarnish");
  await seen("pack-edit-party");
  await look();
  await keep(2);
  await page.goto(`${room.address}/packs/own/edit?what=line`);
  await page.getByLabel("Whose line it is").fill("Own line as the map of the commission has it");
  await page.getByLabel("How far it may lie").fill("0.5");
  await page.getByLabel("Or a file of it").setInputFiles({ name: "line.geojson", mimeType: "application/geo+json", buffer: Buffer.from(LINE) });
  await seen("pack-edit-line");
  await look();
  await keep(3);
  await page.goto(`${room.address}/packs/own/edit?what=agreement`);
  await page.getByLabel("Title for readers").fill("Sarn truce");
  await page.getByLabel("Parties").selectOption(["vesk", "orlava"]);
  await page.getByLabel("Day on which it was agreed").fill("2031-03-01");
  await page.getByLabel("In force from").fill("2031-03-02");
  await page.getByLabel("Where its text and dates can be checked").fill("Invented for this test");
  await page.getByLabel("Number in the document").fill("1");
  await page.getByLabel("What it says").fill("All fire stops.");
  await page.getByLabel("Types of claims").selectOption(["shelling", "gunfire"]);
  await seen("pack-edit-agreement");
  await look();
  await keep(4);
  await page.goto(`${room.address}/agreements`);
  await page.getByRole("link", { name: "Sarn truce" }).waitFor();
  await page.goto(`${room.address}/packs/own`);
  await seen("pack-own");
  await page.goto(`${room.address}/packs`);
  await page.getByRole("button", { name: "Read again what would be read otherwise" }).click();
  for (let tries = 0; tries < 60 && (await page.getByText("Under way").count()) > 0; tries += 1) {
    await page.waitForTimeout(1000);
    await page.reload();
  }
  const told = await page.locator("#reading .notice").innerText();
  assert.ok(Number(/(\d+) read again/.exec(told)[1]) > 0 && !told.includes("broke off"), told);
  await seen("packs");
  await page.getByRole("button", { name: "Back to before version 4" }).click();
  await keep(5);
  await page.goto(`${room.address}/agreements`);
  assert.equal(await page.getByRole("link", { name: "Sarn truce" }).count(), 0);
});

test("a feed is tried, added, visited when asked, and by the room once that is switched on", { skip }, async () => {
  await page.goto(`${room.address}/watch`);
  await page.getByLabel("Its address").fill(feed.url);
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("1 new entry").waitFor();
  await seen("watch-tried");
  await page.getByRole("button", { name: "Add it to the list" }).click();
  await page.getByRole("button", { name: /^Visit now/ }).click();
  for (let tries = 0; tries < 30 && (await page.getByText("1 new").count()) === 0; tries += 1) {
    await page.waitForTimeout(1000);
    await page.reload();
  }
  await page.getByText(/UTC: 1 new/).waitFor();
  await page.getByRole("button", { name: "Visit them while the room runs" }).click();
  await page.getByText("The room visits them itself").waitFor();
  await seen("watch");
  await page.getByRole("button", { name: "Stop visiting" }).click();
  await page.getByText("The room visits none by itself").waitFor();
});

test("a backup is made, shown with its root, downloaded and removed", { skip }, async () => {
  await page.goto(`${room.address}/backups`);
  await page.getByRole("button", { name: "Make a backup now" }).click();
  await page.getByText(/In order: \d+ entries/).waitFor();
  await seen("backups");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /^Download the backup/ }).click()]);
  assert.equal(readFileSync(await download.path()).subarray(0, 15).toString(), "SQLite format 3");
  await page.getByLabel("It is not needed any more").check();
  await page.getByRole("button", { name: /^Remove the backup/ }).click();
  await page.getByText("None yet.").waitFor();
});

test("the same by keyboard alone and without scripts", { skip }, async () => {
  const other = plain.page;
  await logIn(other, room);
  await other.goto(`${room.address}/packs/own/edit?what=place`);
  await other.getByLabel("Name", { exact: true }).focus();
  await other.keyboard.type("Lower Dubrel");
  await other.getByLabel("Degrees north").focus();
  await other.keyboard.type("-44.6");
  await other.keyboard.press("Tab");
  await other.keyboard.type("-125.03");
  await other.keyboard.press("Enter");
  await other.getByRole("button", { name: "Keep it" }).focus();
  await other.keyboard.press("Enter");
  await other.getByText("Kept as version 6").waitFor();
});

test("no script failed, and nobody else was asked for anything", { skip }, () => somebody.assertQuiet(room.host));

async function look() {
  await page.getByRole("button", { name: "Look what would change" }).click();
}

async function keep(version) {
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByText(`Kept as version ${version} `).waitFor();
}

/** Looks at the page that is open. */
async function seen(name) {
  for (const width of [360, 390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await somebody.assertFits();
    if (width !== 390) await somebody.assertAccessible();
    if (width !== 360) await somebody.picture(name, width);
  }
}

/** A feed of one entry on this machine. */
async function startFeed() {
  const words = "Vesk said on Monday that Orlava shelled the village of Dubrel, and that nobody was hurt there or near it.";
  const body = `<rss version="2.0"><channel><title>Ternwire</title><item><title>Shells near Dubrel</title><guid>1</guid><pubDate>Mon, 10 Mar 2031 10:00:00 GMT</pubDate><description>${words}</description></item></channel></rss>`;
  const server = createServer((_, answer) => answer.writeHead(200, { "content-type": "application/rss+xml" }).end(body));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/feed`, close: () => server.close() };
}
