/** Reports from the field: written without network, kept on the device, sent when the room can be reached; none lost, none twice. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { visitor, withoutBrowser } from "./browser.js";
import { as, chiefAccount, Line, makeAccount, MissionRoom } from "./mission_room.js";
import { withoutProgram } from "./program.js";

const skip = withoutBrowser() || withoutProgram();
const SENT = 50;
const ANN = "Ann Reed";
let books, line, room, somebody, page;

before(async () => {
  if (skip) return;
  books = new MissionRoom();
  books.begin();
  const opened = await books.open();
  line = new Line(opened.host);
  await line.listen();
  room = { address: line.address, first: opened.first.replace(opened.address, line.address) };
  somebody = await visitor({ viewport: { width: 390, height: 844 } });
  page = somebody.page;
  await chiefAccount(page, room);
  await makeAccount(page, room, ANN, "observer");
});

after(async () => {
  await somebody?.close();
  await line?.close();
  await books?.close();
});

test("the form is looked at once with network, and looks as it should", { skip }, async () => {
  await openForm();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    for (let n = 0; n < 100 && !(await caches.match("/field/")); n += 1) await new Promise((done) => setTimeout(done, 100));
  });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await somebody.assertFits();
    await somebody.assertAccessible();
    await somebody.picture("field-form", width);
  }
  await page.setViewportSize({ width: 390, height: 844 });
});

test("a report that is written without network waits, and is sent when it returns", { skip }, async () => {
  line.down();
  await somebody.context.setOffline(true);
  await openForm();
  await page.getByText("The room cannot be reached").waitFor();
  await write({ number: "OFF-1", at: "2031-03-07T19:12" });
  await state("waits", 1);
  await somebody.picture("field-offline", 390);
  await somebody.assertAccessible();
  await openForm();
  await state("waits", 1);
  line.up();
  await somebody.context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await state("taken", 1);
  assert.deepEqual(await numbers(), ["OFF-1"]);
});

test("a refused one says which fields are wrong, and is mended", { skip }, async () => {
  await openForm();
  await write({ number: "BAD-1", at: "2031-03-07T19:12", until: "2031-03-07T18:00" });
  await state("refused", 1);
  const told = await page.locator("li[data-state=refused]").innerText();
  assert.match(told, /until: lies before/);
  await somebody.picture("field-refused", 390);
  await page.getByRole("button", { name: "Mend it in the form" }).click();
  assert.equal(await page.getByLabel("To when").getAttribute("aria-invalid"), "true");
  await page.getByLabel("To when").fill("2031-03-07T20:00");
  await page.getByRole("button", { name: "Send the report" }).click();
  await state("taken", 2);
  somebody.forgive(/mission\/reports/);
});

test("pictures are named and hashed on the device", { skip }, async () => {
  await openForm();
  await page.getByLabel("Picture").setInputFiles({ name: "crater.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a picture") });
  await write({ number: "PIC-1", at: "2031-03-07T19:30" });
  await state("taken", 3);
  const [report] = (await reports()).filter(({ report }) => report.number === "PIC-1");
  assert.deepEqual(report.report.attachments.map(({ name, bytes }) => ({ name, bytes })), [{ name: "crater.jpg", bytes: 13 }]);
  assert.match(report.report.attachments[0].sha256, /^[0-9a-f]{64}$/);
});

test(`${SENT} sends broken off at random moments lose nothing and double nothing`, { skip, timeout: 900_000 }, async () => {
  const before = (await numbers()).length;
  line.down();
  await openForm();
  for (let n = 0; n < SENT; n += 1) await write({ number: `CUT-${n}`, at: `2031-03-08T${String(n % 24).padStart(2, "0")}:${String(n).padStart(2, "0")}` });
  await state("waits", SENT);
  line.up();
  const random = seeded(20310308);
  let [broken, breaking] = [0, Promise.resolve()];
  // the form also sends by itself, as when the room is back from a crash: every send is broken off, not only those asked for
  const lurk = () => {
    if (broken === SENT) return;
    line.harm = (cut) => {
      broken += 1;
      breaking = breaking.then(() => breakOff(cut, random));
      lurk();
    };
  };
  lurk();
  for (let tries = 0; (await count("waits")) > 0; tries += 1) {
    assert.ok(tries < SENT * 6, `${await count("waits")} still wait`);
    // the list is drawn anew whenever the form sends by itself, so that no pointer would ever find the button at rest
    await page.evaluate(() => document.querySelector("[data-act=send]")?.click());
    await page.waitForFunction(() => document.querySelector("[data-role=state]").textContent.includes("cannot be reached") || !document.querySelector("li[data-state=waits]"));
    await breaking;
    await page.evaluate(() => document.querySelector("[data-role=state] p").textContent = "");
  }
  assert.equal(broken, SENT, "sends that were broken off");
  const all = await numbers();
  assert.equal(all.length - before, SENT);
  assert.equal(new Set(all).size, all.length);
  assert.equal(await count("taken"), 3 + SENT);
  somebody.faults = somebody.faults.filter((fault) => !/Failed to load resource|ERR_|net::/.test(fault));
});

test("no script failed, and nobody else was asked for anything", { skip }, () => {
  somebody.faults = somebody.faults.filter((fault) => !/Failed to load resource|ERR_|net::/.test(fault));
  somebody.assertQuiet(line.host);
});

/** Breaks a send off: before it gets there, before the answer comes, in its midst, or by a crash of the room. */
async function breakOff({ forward, size, end, answer }, random) {
  const moment = Math.floor(random() * 4);
  if (moment === 0) {
    forward(Math.floor(random() * size));
    return end();
  }
  if (moment === 1) answer(0);
  if (moment === 2) answer(1 + Math.floor(random() * 400));
  forward();
  await new Promise((done) => setTimeout(done, random() * 60));
  if (moment === 3) return books.crash();
  return undefined;
}

/** Numbers between 0 and 1, the same each time. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function openForm() {
  await page.goto(`${room.address}/field/`);
  await page.locator("[data-module=field][data-ready]").waitFor();
}

/** Fills what every report needs, and sends it. */
async function write({ number, at, until }) {
  await page.getByLabel("Number of this report").fill(number);
  await page.getByLabel("Who reports").fill("Post 3");
  await page.getByLabel("Where you are (needed)").fill("Post 3, Hollin");
  await page.getByLabel("Where you are on the map").fill("-44.8 -124.96 0 50");
  await page.getByLabel("From when").fill(at);
  if (until) await page.getByLabel("To when").fill(until);
  await page.getByLabel("How it was observed").selectOption("heard");
  await page.getByLabel("What was observed").selectOption("explosion");
  await page.getByLabel("Direction: from").fill("340");
  await page.getByLabel("Direction: to").fill("20");
  await page.getByLabel("How far at least").fill("18");
  await page.getByLabel("How far at most").fill("22");
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.locator("li[data-id]", { hasText: number }).waitFor();
}

const count = (name) => page.locator(`li[data-state=${name}]`).count();

async function state(name, wanted) {
  await page.waitForFunction(([s, n]) => document.querySelectorAll(`li[data-state=${s}]`).length === n, [name, wanted]);
}

async function reports() {
  const answer = await page.request.get(`${room.address}/api/v1/mission/reports?limit=500`);
  assert.equal(answer.status(), 200);
  return (await answer.json()).items;
}

async function numbers() {
  return (await reports()).map(({ report }) => report.number).sort();
}
