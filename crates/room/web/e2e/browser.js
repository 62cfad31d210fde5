/** A real Chromium with a profile of its own, and what every page that it opens must keep to. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const PROGRAM = process.env.TRUCEWATCH_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = fileURLToPath(new URL("shots/", import.meta.url));
/** axe's words for what keeps somebody out. */
const SERIOUS = ["serious", "critical"];

/** @returns {string | false} why tests in a browser are skipped; where a browser is required, they fail rather */
export function withoutBrowser() {
  if (existsSync(PROGRAM) || process.env.TRUCEWATCH_REQUIRE_BROWSER === "1") return false;
  return `no browser at ${PROGRAM}`;
}

/**
 * @param {import("playwright-core").BrowserContextOptions} [options] such as {javaScriptEnabled: false}
 * @returns {Promise<Visitor>}
 */
export async function visitor(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), "room-profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: PROGRAM, headless: true, args: FLAGS, viewport: { width: 1280, height: 900 }, locale: "en-GB", acceptDownloads: true, ...options,
  });
  context.setDefaultTimeout(15000);
  return new Visitor(context, profile);
}

/** Somebody at a browser. */
export class Visitor {
  constructor(context, profile) {
    this.context = context;
    this.profile = profile;
    this.page = context.pages()[0];
    /** What went wrong on any page so far. @type {string[]} */
    this.faults = [];
    /** Hosts that were asked for anything. */
    this.hosts = new Set();
    this.page.on("pageerror", (error) => this.faults.push(`${this.page.url()}: ${error.message}`));
    this.page.on("console", (message) => message.type() === "error" && this.faults.push(`${this.page.url()}: ${message.text()}`));
    this.page.on("request", (request) => /^https?:/.test(request.url()) && this.hosts.add(new URL(request.url()).host));
  }

  async close() {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true });
  }

  /** Leaves aside that the browser notes an answer that was meant to be a refusal. @param {RegExp} where */
  forgive(where) {
    this.faults = this.faults.filter((fault) => !(where.test(fault) && /the server responded with a status of 4\d\d/.test(fault)));
  }

  /** No script failed, nothing was barred by the policy, nobody else was asked. @param {string} host */
  assertQuiet(host) {
    assert.deepEqual(this.faults, []);
    assert.deepEqual([...this.hosts], [host]);
  }

  /** Nothing on the page keeps somebody out, as far as axe can tell. */
  async assertAccessible() {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const bad = violations.filter(({ impact }) => SERIOUS.includes(impact));
    assert.deepEqual(bad.map(({ id, nodes }) => ({ id, where: nodes.slice(0, 4).map((node) => `${node.target} ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`) })), [], this.page.url());
  }

  /** The page is as wide as its window and not wider. */
  async assertFits() {
    const { wide, window } = await this.page.evaluate(() => ({ wide: document.documentElement.scrollWidth, window: document.documentElement.clientWidth }));
    assert.ok(wide <= window, `${this.page.url()} is ${wide} px wide in a window of ${window}`);
  }

  /** A picture of the whole page at a width, for people to look at. */
  async picture(name, width = 1280) {
    await this.page.setViewportSize({ width, height: 900 });
    await this.page.waitForTimeout(300);
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: `${SHOTS}${name}-${width}.png`, fullPage: true });
  }
}
