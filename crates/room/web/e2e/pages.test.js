/** Every page of the room: nothing keeps anybody out, nothing sticks out of a small window; pictures for people to look at. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { visitor, withoutBrowser } from "./browser.js";
import { openRoom, withoutProgram } from "./program.js";
import { documentNamed, firstAccount, previewReport } from "./walks.js";

const skip = withoutBrowser() || withoutProgram();
const WIDTHS = [360, 390, 1280];
let room, somebody, page, paths;

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

test("before there is an account: the first pages, and the link's", { skip }, async () => {
  for (const address of [room.first, `${room.address}/login`]) await look(address.replace(/welcome\/.*/, "welcome"), address);
  await firstAccount(page, room);
});

test("the pages of the navigation, and one of each kind below them", { skip }, async () => {
  await page.goto(`${room.address}/`);
  paths = await page.locator("body > nav a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  assert.ok(paths.length > 9, paths.join());
  await page.goto(`${room.address}/incidents?days=all&standing=contested`);
  const incident = await page.locator("table.data tbody a").first().getAttribute("href");
  const stored = await documentNamed(page, room, "01-ternwire-dubrel.txt");
  for (const path of [...paths, "/incidents?days=all", incident, new URL(stored).pathname, "/search?q=bridge", "/log/1", "/account", "/no-such-page"]) {
    await look(path, room.address + path);
  }
  somebody.forgive(/no-such-page/);
});

test("pages that come of doing something", { skip }, async () => {
  await page.goto(`${room.address}/review`);
  await page.getByRole("button", { name: "Take a batch" }).click();
  await page.getByRole("button", { name: "Accept" }).first().waitFor();
  await seen("review-batch");
  await previewReport(page, room);
  await seen("add-preview");
  await page.goto(`${room.address}/agreements`);
  await page.locator("article h2 a").first().click();
  await page.getByRole("heading", { name: /^Term 1/ }).waitFor();
  await seen("agreement");
});

test("by night", { skip }, async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  for (const path of paths) {
    await page.goto(room.address + path, { waitUntil: "networkidle" });
    await somebody.assertAccessible();
  }
});

test("no script failed, and nobody else was asked for anything", { skip }, () => somebody.assertQuiet(room.host));

/** Looks at the page that is open. */
async function seen(name) {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await somebody.assertFits();
    await somebody.assertAccessible();
    await somebody.picture(name, width);
  }
}

/** Looks at one page in windows of several widths. */
async function look(name, address) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(address, { waitUntil: "networkidle" });
    await somebody.assertFits();
    if (width !== 390) await somebody.assertAccessible();
    if (width !== 360) await somebody.picture(name.replace(room.address, "").replace(/[0-9a-f]{12,}/g, "id").replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "today", width);
  }
}
