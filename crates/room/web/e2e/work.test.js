/** What people do beside the main paths: links, tables, errata, splits, second readers, files for others, the public view, the log. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { visitor, withoutBrowser } from "./browser.js";
import { openRoom, withoutProgram } from "./program.js";
import { counted, firstAccount, PASSWORD, recorded, signOff, split, undo } from "./walks.js";

const skip = withoutBrowser() || withoutProgram();
const REPORTS = ["01-ternwire-dubrel.txt", "02-evening-post-dubrel.txt", "03-planetbrief-dubrel.txt"];
const PAGE = "<html><head><title>Quiet night</title></head><body><article><h1>Quiet night</h1><p>RIVNA, March 10 (Courier) - Orlava's Defence Ministry said on Monday that Veskan mortars had fired on the village of Kolvar in the evening, and that one soldier was wounded.</p><p>Vesk did not comment. Residents said that the night was quiet after that.</p></article></body></html>";
const TABLE = "Nr;Datum;Wortlaut\n1;2031-03-09;\"Vesk's army said on Sunday that Orlavan troops had fired on its post near Hollin.\"\n2;soon;\"Nothing was seen.\"\n3;2031-03-10;\"The mission said that it had heard two explosions near Hollin on Monday.\"\n".replaceAll(";", ",");
let room, somebody, page, elsewhere, told;

before(async () => {
  if (skip) return;
  told = [];
  elsewhere = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      told.push({ path: request.url, head: request.headers, body: Buffer.concat(parts).toString() });
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(request.method === "GET" ? PAGE : "");
    });
  }).listen(0, "127.0.0.1");
  const tiles = fileURLToPath(new URL("fixtures/ground.mbtiles", import.meta.url));
  room = await openRoom(REPORTS.map((name) => `samples/reports/${name}`), ["--allow-local", "--tiles", tiles]);
  somebody = await visitor();
  page = somebody.page;
});

after(async () => {
  elsewhere?.close();
  await somebody?.close();
  await room?.close();
});

const open = (path) => page.goto(room.address + path, { waitUntil: "networkidle" });
const outside = (path) => `http://127.0.0.1:${elsewhere.address().port}${path}`;

test("a link is fetched once, shown, and kept only then", { skip }, async () => {
  await firstAccount(page, room);
  await open("/add");
  await page.getByLabel("Or a link").fill(outside("/news/night"));
  await page.getByLabel("Published").fill("2031-03-10");
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByText("not kept yet").waitFor();
  assert.match(await page.locator("article pre.text mark.claim").first().innerText(), /Veskan mortars/);
  await look("add-link");
  await page.getByRole("button", { name: /^Keep 1 / }).click();
  await page.getByRole("link", { name: outside("/news/night") }).waitFor();
  assert.deepEqual(told.map(({ path }) => path), ["/news/night"]);
});

test("a table comes in by its columns, with errors by row", { skip }, async () => {
  await open("/add");
  await page.getByLabel("Or choose files").setInputFiles({ name: "diary.csv", mimeType: "text/csv", buffer: Buffer.from(TABLE) });
  await page.getByRole("button", { name: "Read it" }).click();
  const wrong = page.locator("section[role=alert]");
  assert.match(await wrong.innerText(), /diary\.csv.*column/s);
  await open("/add");
  await page.getByLabel("Or choose files").setInputFiles({ name: "diary.csv", mimeType: "text/csv", buffer: Buffer.from(TABLE) });
  await page.getByLabel("Columns of a table").fill("text=Wortlaut,published=Datum");
  await page.getByRole("button", { name: "Read it" }).click();
  assert.match(await wrong.innerText(), /diary\.csv:3: .*soon/);
  assert.equal(await page.locator("article.card").count(), 2);
  await look("add-table");
  await page.getByRole("button", { name: /^Keep 2 / }).click();
  await page.getByText("2 documents with").waitFor();
});

test("splits an incident with a reason, and undoes it", { skip }, async () => {
  await open("/incidents?days=all");
  const count = await counted(page);
  await open("/incidents?days=all&standing=contested");
  await page.locator("table.data tbody a").first().click();
  await split(page);
  await open("/incidents?days=all");
  assert.equal(await counted(page), count + 1);
  await page.goBack();
  await undo(page);
  await open("/incidents?days=all");
  assert.equal(await counted(page), count);
});

test("the map lies on the operator's own ground", { skip }, async () => {
  await open("/incidents?days=all");
  await page.locator(".map-mark, .map-knot").first().waitFor();
  assert.match(await page.locator("[data-module=map]").innerText(), /Background: Invented ground, drawn for a test/);
  assert.ok((await page.locator(".leaflet-tile-loaded").count()) > 0);
  await look("map-tiles");
});

test("an issued brief stays, and an erratum stands in its place", { skip }, async () => {
  await signOff(page, room);
  await open("/issued");
  const first = await page.locator("table.data tbody a").first().getAttribute("href");
  const text = await (await page.request.get(room.address + first)).text();
  await page.goto(`${room.address}/incidents?days=all`);
  await page.locator("table.data tbody a").first().click();
  await split(page);
  await open("/");
  await page.getByLabel("What was wrong with the one that was issued").fill("Two happenings stood as one.");
  await page.getByRole("button", { name: "Issue an erratum" }).click();
  await recorded(page);
  await open("/issued");
  assert.match(await page.locator("main").innerText(), /erratum to entry \d+; holds[\s\S]*replaced by entry/);
  assert.equal(await (await page.request.get(room.address + first)).text(), text);
  await look("issued");
});

test("exports are offered under the filter, and can be taken", { skip }, async () => {
  await open("/export?days=all&standing=contested");
  await look("export-filtered");
  const [taken] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "incidents.csv" }).click()]);
  assert.equal(taken.suggestedFilename(), "incidents.csv");
  const all = await page.request.get(`${room.address}/export/zip`);
  assert.equal(all.status(), 200);
  assert.equal((await all.body()).subarray(0, 2).toString(), "PK");
});

test("the log: an entry, its proof, and the check of the whole", { skip }, async () => {
  await open("/log");
  await page.getByRole("link", { name: "Check every entry" }).click();
  assert.match(await page.getByRole("status").innerText(), /In order: \d+ entries/);
  await look("log-verified");
  await page.locator("table.data tbody a").first().click();
  const proof = await page.getByRole("link", { name: /proof/i }).first().getAttribute("href");
  assert.match(await (await page.request.get(new URL(proof, room.address).href)).text(), /^c2sp\.org\/tlog-proof/);
});

test("a webhook: its key once, a trial that arrives signed", { skip }, async () => {
  await open("/hooks");
  await page.getByLabel("Its address").fill(outside("/hook"));
  await page.getByRole("button", { name: "Make it" }).click();
  assert.match(await page.getByRole("status").locator("code").innerText(), /^whsec_/);
  await page.getByRole("button", { name: "Send a trial" }).click();
  for (let waited = 0; waited < 40 && told.every(({ path }) => path !== "/hook"); waited += 1) await page.waitForTimeout(250);
  const { head, body } = told.find(({ path }) => path === "/hook");
  assert.equal(JSON.parse(body).type, "trial");
  assert.match(head["webhook-signature"], /^v1,/);
  await open("/hooks");
  assert.ok(!(await page.content()).includes("whsec_"));
  await look("hooks");
});

test("the public view shows incidents and no documents", { skip }, async () => {
  await open("/accounts");
  await page.getByLabel(/There is a public view/).check();
  await page.getByLabel(/waits until two people/).check();
  await page.getByRole("button", { name: "Set", exact: true }).last().click();
  for (const path of ["/public", "/public/incidents?days=all", "/public/export"]) {
    await open(path);
    assert.equal(await page.locator("a[href^='/documents']").count(), 0, path);
    await look(path.replace(/\W+/g, "-").slice(1));
  }
  await open("/public/incidents?days=all");
  await page.locator("table.data tbody a").first().click();
  assert.equal(await page.locator("form[method=post][action^='/decide']").count(), 0);
});

test("a second reader decides on the same claims, and how far both agree is told", { skip }, async () => {
  await open("/accounts");
  await page.getByLabel("Name", { exact: true }).fill("Mira Sol");
  await page.getByLabel("Role", { exact: true }).selectOption("analyst");
  await page.getByRole("button", { name: "Make it" }).click();
  const link = await page.getByRole("status").locator("code").innerText();
  await acceptOne(page, room);
  const second = await visitor();
  try {
    await second.page.goto(room.address + link);
    await second.page.getByLabel("Password").fill(PASSWORD);
    await second.page.getByLabel("Once more").fill(PASSWORD);
    await second.page.getByRole("button", { name: "Set the password" }).click();
    await second.page.getByText("Mira Sol, analyst").waitFor();
    await acceptOne(second.page, room);
    await second.page.goto(`${room.address}/review`);
    assert.match(await second.page.locator("main").innerText(), /1 of 1 claims on which two people or more decided were decided the same/);
    second.assertQuiet(room.host);
  } finally {
    await second.close();
  }
  await open("/review");
  await look("review-two");
});

test("no script failed, and nobody else was asked for anything", { skip }, () => somebody.assertQuiet(room.host));

/** Accepts the first claim of the first report. */
async function acceptOne(at, { address }) {
  await at.goto(`${address}/documents`);
  await at.getByRole("link", { name: REPORTS[0], exact: true }).click();
  await at.locator("form[action='/decide/accept'] button:visible").first().click();
  await recorded(at);
}

/** Pictures of the page that is open, which fits its window and keeps nobody out. */
async function look(name) {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await somebody.assertFits();
    await somebody.assertAccessible();
    await somebody.picture(name, width);
  }
}
