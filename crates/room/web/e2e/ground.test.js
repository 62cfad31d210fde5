/** Posts, plans and the border of a mission in the browser, with scripts and without; and what is printed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { visitor, withoutBrowser } from "./browser.js";
import { as, chiefAccount, makeAccount, MissionRoom } from "./mission_room.js";
import { ROOT, withoutProgram } from "./program.js";
import { NAME, recorded } from "./walks.js";

const skip = withoutBrowser() || withoutProgram();
const TARN = "Tarn Olvesk";
const SITES = readFileSync(`${ROOT}samples/line/sites.toml`, "utf8");

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? "with scripts" : "without scripts", { skip }, () => walk(javaScriptEnabled));
}

function walk(javaScriptEnabled) {
  let books, room, somebody, page;

  before(async () => {
    books = new MissionRoom();
    books.begin();
    books.run("border", "open", `${ROOT}packs/vesk-orlava/borders/vesk-orlava.toml`, "--by", "Mira", "--role", "mediator");
    books.run("border", "propose", `${ROOT}samples/line/border-vesk.geojson`, "--segment", "south", "--party", "vesk", "--by", "Tarn", "--key", join(books.folder, "vesk.key"));
    room = await books.open();
    somebody = await visitor({ javaScriptEnabled });
    page = somebody.page;
    await chiefAccount(page, room);
    await makeAccount(page, room, TARN, "liaison:vesk");
  });

  after(async () => {
    await somebody?.close();
    await books?.close();
  });

  test("a plan is worked out, and its posts are proposed", async () => {
    await as(page, room, NAME);
    await open("/plans");
    assert.match(await text(), /None is on record/);
    await page.getByText("Work a plan out").click();
    await page.getByLabel("No two nearer").fill("6");
    await page.getByLabel("Where posts could stand").fill(SITES);
    await page.getByRole("button", { name: "Work it out" }).click();
    await recorded(page);
    assert.match(await text(), /proven best[\s\S]*30\.9 of 140\.4 km \(22 %\)/);
    await look("plans");
    await page.getByText("Propose these posts").click();
    await page.getByLabel("In a few words").fill("Two posts of the plan");
    await page.getByLabel("How many people").fill("16");
    await page.getByRole("button", { name: "Propose them" }).click();
    await recorded(page);
    assert.match(await text(), /Two posts of the plan\s*open/);
  });

  test("they stand once both agree and they are in place", async () => {
    const id = /^([0-9a-f]{12}) {2}deployment {2}Two posts/m.exec(books.run("mission", "status"))[1];
    for (const [party, by] of [["vesk", "Tarn"], ["orlava", "Ives"]]) {
      books.run("mission", "answer", id, "consents", "--party", party, "--by", by, "--key", join(books.folder, `${party}.key`));
    }
    await open("/posts?from=2031-03-07&to=2031-03-09");
    assert.match(await text(), /agreed, not in place/);
    const card = page.locator("article", { hasText: "Two posts of the plan" });
    await card.getByText("It is carried out").click();
    await card.getByLabel("When").fill("2031-03-08T12:00");
    await card.getByRole("button", { name: "Record it" }).click();
    await recorded(page);
    await open("/posts?from=2031-03-07&to=2031-03-09");
    assert.match(await text(), /2031-03-07\s*0\.0 km[\s\S]*2031-03-09\s*28\.9 km \(21 %\)/);
    if (javaScriptEnabled) await page.locator(".map-canvas path.ground-observed, .map-canvas path.ground-partly").first().waitFor({ state: "attached" });
    await page.getByText("Stretches on 2031-03-09").click();
    await look("posts");
  });

  test("a line is proposed from a file, and set beside the other", async () => {
    await open("/border");
    const south = page.locator("#segment-south");
    await south.getByText("Propose a line").click();
    await south.getByLabel("File of GeoJSON").setInputFiles(`${ROOT}samples/line/border-orlava.geojson`);
    await south.getByRole("button", { name: "Propose it" }).click();
    await recorded(page);
    assert.match(await south.innerText(), /disputed[\s\S]*Orlavan map/);
    await look("border");
    await page.getByLabel("One line").selectOption("south/1");
    await page.getByLabel("and another").selectOption("south/2");
    await page.getByRole("button", { name: "Side by side" }).click();
    assert.match(await text(), /81\.498 km[\s\S]*82\.446 km[\s\S]*45\.8690 km²[\s\S]*89\.9177 km²/);
    if (javaScriptEnabled) await page.locator(".map-canvas path.ground-area").first().waitFor({ state: "attached" });
    await look("compare");
    await open("/border/annex?segment=south&version=1");
    assert.match(await text(), /-45\.4800000/);
    await look("annex");
  });

  test("a liaison sees what was put to its party, and drafts what it confirms", async () => {
    await as(page, room, TARN);
    await open("/border");
    assert.match(await text(), /Veskan survey[\s\S]*Orlavan map/);
    await page.locator("#segment-south").getByText("Confirm that it is done").first().click();
    await page.locator("#segment-south").getByRole("button", { name: "Draft the text to sign" }).locator("visible=true").first().click();
    assert.match(await page.locator("pre.record").innerText(), /statement = "confirm"/);
    const barred = await page.goto(`${room.address}/plans`);
    assert.equal(barred.status(), 403);
    await open("/posts");
    await look("posts-liaison");
    somebody.forgive(/\/plans/);
    if (javaScriptEnabled) somebody.assertQuiet(room.host);
  });

  test("a report of the mission is printed without what leads elsewhere", async () => {
    await as(page, room, NAME);
    books.run("field", "add", "number=P3-61", "observer=Post 3", "position_name=Post 3, Hollin", "position=-44.8 -124.96 0 50", "at=2031-03-07T19:12", "how=heard", "thing=explosion", "count=14");
    await open("/verification/report?day=2031-03-08");
    await page.emulateMedia({ media: "print" });
    const shown = (place) => page.locator(place).evaluateAll((all) => all.filter((e) => e.checkVisibility()).length);
    assert.deepEqual(await Promise.all(["body > nav", "nav.within", ".pager", "header.top form", ".skip", "button"].map(shown)), [0, 0, 0, 0, 0, 0]);
    assert.equal(await shown("main h1"), 1);
    assert.ok((await shown("main table")) > 0);
    if (javaScriptEnabled) await somebody.picture("mission-report-print", 1280);
    await page.emulateMedia({ media: "screen" });
  });

  const open = (path) => page.goto(room.address + path);
  const text = () => page.locator("main").innerText();

  /** Looks at the page that is open, at three widths; pictures with scripts only. */
  async function look(name) {
    for (const width of [360, 390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await somebody.assertFits();
      if (!javaScriptEnabled) continue;
      await somebody.assertAccessible();
      if (width !== 360) await somebody.picture(`mission-${name}`, width);
    }
  }
}
