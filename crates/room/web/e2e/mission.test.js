/** A mission in the browser, with scripts and without: proposed, answered with signatures, agreed, reported, verified, found, signed off. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { visitor, withoutBrowser } from "./browser.js";
import { as, chiefAccount, makeAccount, MissionRoom } from "./mission_room.js";
import { withoutProgram } from "./program.js";
import { NAME, recorded } from "./walks.js";

const skip = withoutBrowser() || withoutProgram();
const [TARN, IVES, ANN] = ["Tarn Olvesk", "Ives Marren", "Ann Reed"];

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? "with scripts" : "without scripts", { skip }, () => walk(javaScriptEnabled));
}

function walk(javaScriptEnabled) {
  let books, room, somebody, page;

  before(async () => {
    books = new MissionRoom();
    books.begin();
    room = await books.open();
    somebody = await visitor({ javaScriptEnabled });
    page = somebody.page;
    await chiefAccount(page, room);
    for (const [name, part] of [[TARN, "liaison:vesk"], [IVES, "liaison:orlava"], [ANN, "verifier"]]) {
      await as(page, room, NAME);
      await makeAccount(page, room, name, part);
    }
  });

  after(async () => {
    await somebody?.close();
    await books?.close();
  });

  test("the chief proposes, and nothing is agreed yet", async () => {
    await as(page, room, NAME);
    await open("/mission");
    await page.getByText("Propose something").click();
    await page.locator("#subject").selectOption("deployment");
    await page.getByLabel("In a few words").fill("Observers at Hollin");
    await page.getByLabel("How many people").fill("12");
    await page.getByRole("button", { name: "Propose it" }).click();
    await recorded(page);
    assert.match(await proposal().innerText(), /open[\s\S]*has not answered[\s\S]*has not answered/);
    await look("mission");
  });

  test("each liaison drafts, signs elsewhere, and hands in", async () => {
    await answer(TARN, "vesk", "consents", "");
    assert.match(await proposal().innerText(), /open/);
    await answer(IVES, "orlava", "consents on a condition", "By day only");
    assert.match(await proposal().innerText(), /yes, on condition[\s\S]*By day only[\s\S]*yes, by the key orlava/);
    await look("mission-liaison");
    await answer(IVES, "orlava", "consents", "As agreed at Halmora");
    assert.match(await proposal().innerText(), /agreed[\s\S]*As agreed at Halmora/);
  });

  test("it is carried out", async () => {
    await as(page, room, NAME);
    await open("/mission");
    await proposal().getByText("It is carried out").click();
    await proposal().getByLabel("How").fill("twelve observers at Post 3");
    await proposal().getByRole("button", { name: "Record it" }).click();
    await recorded(page);
    assert.match(await proposal().innerText(), /executed/);
  });

  test("an observer reports, and only the mission sees it", async () => {
    await as(page, room, ANN);
    await open("/field/");
    if (javaScriptEnabled) await page.locator("[data-module=field][data-ready]").waitFor();
    for (const [label, value] of [
      ["Number of this report", "P3-61"], ["Who reports", "Post 3"], ["Where you are (needed)", "Post 3, Hollin"], ["Where you are on the map", "-44.8 -124.96 0 50"],
      ["From when", "2031-03-07T19:12"], ["To when", "2031-03-07T19:50"], ["How many at least", "14"], ["Direction: from", "340"], ["Direction: to", "20"], ["How far at least", "18"], ["How far at most", "22"],
    ]) await page.getByLabel(label).fill(value);
    await page.getByLabel("How it was observed").selectOption("heard");
    await page.getByLabel("What was observed").selectOption("explosion");
    await page.getByRole("button", { name: "Send the report" }).click();
    if (javaScriptEnabled) await page.locator("li[data-state=taken] a").click();
    await page.getByRole("heading", { name: "Field report P3-61" }).waitFor();
    if (javaScriptEnabled) await page.locator(".map-canvas path").first().waitFor();
    await look("field-report");
    await open("/field-reports");
    assert.match(await page.locator("main").innerText(), /1 field report/);
    await look("field-reports");
    await as(page, room, TARN);
    await open("/field-reports");
    assert.match(await page.locator("main").innerText(), /0 field reports/);
  });

  test("an allegation is taken up, looked into, and found in part", async () => {
    await as(page, room, NAME);
    await open("/verification");
    await page.getByText("Take an allegation up").click();
    await page.getByLabel("What is alleged").fill("Shells fell on Dubrel in the evening");
    await page.getByLabel("Against which party").selectOption("vesk");
    await page.getByRole("button", { name: "Take it up" }).click();
    await recorded(page);
    await page.locator("table.data").getByRole("link", { name: "Shells fell on Dubrel in the evening" }).click();
    await step("Send somebody", async (form) => {
      await form.getByLabel("Who").fill(ANN);
      await form.getByLabel("By when").fill("2031-03-10T12:00");
    });
    await as(page, room, ANN);
    await open("/verification");
    await look("verification");
    await page.locator("table.data").getByRole("link", { name: "Shells fell on Dubrel in the evening" }).click();
    await step("The place was visited", (form) => form.getByLabel("In words").fill("nine fresh craters"));
    await step("State what was found", async (form) => {
      await form.getByLabel("What was found").selectOption("in-part");
      await form.getByLabel("In words").fill("Explosions were heard; who fired was not seen");
      await form.getByLabel(/P3-61/).check();
    });
    assert.match(await page.locator("main").innerText(), /Found: confirmed in part[\s\S]*P3-61[\s\S]*has not commented/);
  });

  test("both parties comment with their signatures, and the chief signs off", async () => {
    for (const [name, party, words] of [[TARN, "vesk", "We fired on no village"], [IVES, "orlava", "It is as we said"]]) {
      await as(page, room, name);
      await open("/verification");
      await page.locator("table.data").getByRole("link", { name: "Shells fell on Dubrel in the evening" }).click();
      await page.getByText("Comment for your party").click();
      await page.getByLabel("Your party’s words").fill(words);
      await signAndHandIn(party);
    }
    await as(page, room, NAME);
    await open("/verification");
    await page.locator("table.data").getByRole("link", { name: "Shells fell on Dubrel in the evening" }).click();
    await look("allegation");
    await step("Sign it off", (form) => form.getByLabel("In words").fill("done"));
    assert.match(await page.locator("h1").innerText(), /signed off/);
  });

  test("daily and weekly report, exchanges, accounts", async () => {
    await open("/verification/report?day=2031-03-08");
    assert.match(await page.locator("main").innerText(), /Daily report[\s\S]*explosions[\s\S]*Allegations and what was found/);
    await look("report-daily");
    await open("/verification/report?weekly=1&day=2031-03-12");
    assert.match(await page.locator("h1").innerText(), /Weekly report/);
    await open("/exchanges");
    await look("exchanges");
    await open("/accounts");
    await look("accounts-parts");
    if (javaScriptEnabled) somebody.assertQuiet(room.host);
  });

  const open = (path) => page.goto(room.address + path);
  const proposal = () => page.locator("article", { hasText: "Observers at Hollin" });

  async function answer(name, party, what, words) {
    await as(page, room, name);
    await open("/mission");
    await proposal().getByText("Answer for your party").click();
    await proposal().getByLabel("Your party").selectOption({ label: what });
    await proposal().getByLabel("In its words").fill(words);
    await signAndHandIn(party);
  }

  async function signAndHandIn(party) {
    await page.getByRole("button", { name: "Draft the text to sign" }).locator("visible=true").click();
    await page.getByRole("heading", { name: "A text to sign" }).waitFor();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download it" }).click()]);
    const text = await (await file.createReadStream()).toArray();
    await look("draft");
    await page.getByLabel(/What trucewatch sign printed/).fill(books.sign(party, Buffer.concat(text).toString("utf8")));
    await page.getByRole("button", { name: "Hand it in" }).click();
    await recorded(page);
  }

  async function step(summary, fill) {
    const details = page.locator("details", { hasText: summary });
    await details.getByText(summary).click();
    await fill(details);
    await details.getByRole("button", { name: "Record it" }).click();
    await recorded(page);
  }

  /** Looks at the page that is open, at both widths; pictures with scripts only. */
  async function look(name) {
    if (!javaScriptEnabled) return;
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await somebody.assertFits();
      await somebody.assertAccessible();
      await somebody.picture(`mission-${name}`, width);
    }
  }
}
