/** What people do in the room, step by step; the same with scripts and without. */
import assert from "node:assert/strict";

export const NAME = "Orn Vallet";
export const PASSWORD = "a long word for tests only";

/** Sets the first account's password by the link that was printed. */
export async function firstAccount(page, room) {
  await page.goto(room.first);
  await page.getByLabel("Name").fill(NAME);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("Once more").fill(PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("button", { name: "Log out" }).waitFor();
}

export async function logOut(page) {
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("link", { name: "Log in" }).waitFor();
}

export async function logIn(page, room, password = PASSWORD) {
  await page.goto(`${room.address}/login`);
  await page.getByLabel("Name").fill(NAME);
  await page.getByLabel("Password").fill(password);
  await page.locator("main").getByRole("button", { name: "Log in" }).click();
}

/** The address of a stored document by its name. */
export async function documentNamed(page, room, name) {
  await page.goto(`${room.address}/documents`);
  for (let pages = 0; pages < 20; pages += 1) {
    const link = page.getByRole("link", { name, exact: true });
    if ((await link.count()) > 0) return room.address + (await link.first().getAttribute("href"));
    await page.locator("a[rel=next]").click();
  }
  throw new Error(`no document ${name}`);
}

/** Waits until the document shows its claims one by one, if scripts are on. */
export async function claimsReady(page) {
  await page.locator("aside[id^=claim-]").first().waitFor({ state: "attached" });
  if ((await page.locator("html.scripted").count()) > 0) await page.locator("mark.current").first().waitFor();
}

/** The panel of the claim whose words are these, brought up. */
export async function claimOf(page, words) {
  await claimsReady(page);
  const panel = page.locator("aside[id^=claim-]").filter({ has: page.locator(".quote", { hasText: words }) }).first();
  const id = (await panel.getAttribute("id")).slice("claim-".length);
  if (!(await panel.isVisible())) await page.locator(`mark[data-claim~="${id}"]`).first().click();
  return panel;
}

/** Corrects the day of a claim; the page then says so. */
export async function correctDay(page, words, day) {
  const panel = await claimOf(page, words);
  await panel.getByText("Correct, reject, grade or note").click();
  const form = panel.locator("form[action='/decide/correct']");
  await form.locator("select").selectOption("date");
  await form.getByLabel("Its value, or nothing").fill(day);
  await form.getByLabel("Why").fill("The ministry gave the day in its own statement.");
  await form.getByRole("button", { name: "Correct" }).click();
  return recorded(page);
}

/** Words of the first report that tell of no claim, and are added as one. */
export const MISSED = "Neither account could be confirmed";

/** Fills what the selection of words, or the hand, leaves open in the form for a missed claim, and sends it. */
export async function sendMissed(page) {
  const form = page.locator("form[action='/decide/add']");
  await form.getByLabel("Type").selectOption("shelling");
  await form.getByLabel("Mode").selectOption("denied");
  await form.getByLabel("Why").fill("The report says so in its own words.");
  await form.getByRole("button", { name: "Add the claim" }).click();
  await recorded(page);
  assert.equal(await page.locator("aside[id^=claim-] .quote", { hasText: MISSED }).count(), 1);
}

/** The entry that the page says was made. */
export async function recorded(page) {
  const notice = page.locator("main .notice[role=status]");
  await notice.waitFor();
  return Number(/entry (\d+)/.exec(await notice.innerText())[1]);
}

/** Undoes what was just done. */
export async function undo(page) {
  const notice = page.locator("main .notice[role=status]");
  await notice.getByLabel("Why undo it").fill("It was a trial.");
  await notice.getByRole("button", { name: "Undo" }).click();
  return recorded(page);
}

/** How many incidents the list says it has. */
export async function counted(page) {
  return Number(/^(\d+) incident/.exec(await page.locator("main > p", { hasText: /^\d+ incident/ }).innerText())[1]);
}

/** Merges two incidents by their page's form. */
export async function merge(page) {
  const form = page.locator("form[action='/decide/merge']");
  const other = await form.locator("option").nth(1).getAttribute("value");
  await form.locator("select").selectOption(other);
  await form.getByLabel("Why").fill("Both tell of the same evening.");
  await form.getByRole("button", { name: "Merge" }).click();
  await recorded(page);
  return other;
}

/** Splits the last claim off an incident by its page's form. */
export async function split(page) {
  const form = page.locator("form[action='/decide/split']");
  await form.getByRole("checkbox").last().check();
  await form.getByLabel("Why").fill("It tells of another evening.");
  await form.getByRole("button", { name: "Split off" }).click();
  await recorded(page);
}

/** An invented report, and words in it that are a claim. */
export const REPORT = {
  name: "evening-dubrel.txt",
  published: "2031-03-11",
  outlet: "Ternwire",
  text: "RIVNA, March 11 (Ternwire) - Orlava's Defence Ministry said on Tuesday that Veskan artillery had shelled the village of Dubrel in the morning, wounding two farmers.\n\nVesk denied the shelling.\n",
  words: "Veskan artillery had shelled the village of Dubrel",
};

/** Pastes the report and has it read. */
export async function previewReport(page, room, { name, published, outlet, text } = REPORT) {
  await page.goto(`${room.address}/add`);
  await page.getByLabel("Paste a text").fill(text);
  await page.getByLabel("Its name").fill(name);
  await page.getByLabel("Published").fill(published);
  await page.getByLabel("Outlet").fill(outlet);
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByText("not kept yet").waitFor();
}

/** Has the report read, looks at what was read, and keeps it; ends on the document's page. */
export async function addReport(page, room, { name, words } = REPORT) {
  await previewReport(page, room);
  assert.ok((await page.locator("article pre.text mark.claim").allInnerTexts()).some((marked) => marked.includes(words)));
  await page.getByRole("button", { name: /^Keep 1 / }).click();
  await page.getByRole("link", { name }).click();
  await page.locator("h1", { hasText: name }).waitFor();
}

export async function signOff(page, room) {
  await page.goto(`${room.address}/`);
  await page.getByRole("button", { name: "Sign this brief off" }).click();
  const entry = await recorded(page);
  assert.match(await page.locator("section", { has: page.locator("#waits") }).innerText(), new RegExp(`Signed off by ${NAME}`));
  return entry;
}
