/** A room over a ledger with an agreed mission, its parties' keys at hand; and a line to it that can be cut. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROGRAM, ROOT, Room } from "./program.js";
import { firstAccount, logOut, NAME, PASSWORD } from "./walks.js";

export const MISSION = "line-mission-2031";
const MANDATE = `${ROOT}packs/vesk-orlava/missions/${MISSION}.toml`;

/** A mission's ledger in a folder of its own. */
export class MissionRoom {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "room-mission-"));
    this.ledger = join(this.folder, "books.ledger");
  }

  /** Runs the program over the ledger; what it prints. @param {...string} args */
  run(...args) {
    const done = spawnSync(PROGRAM, [...args, "--ledger", this.ledger], { cwd: this.folder, encoding: "utf8", env: { ...process.env, TRUCEWATCH_PACKS: `${ROOT}packs` } });
    assert.equal(done.status, 0, `${args.join(" ")}: ${done.stderr}`);
    return done.stdout;
  }

  /** Signs a text with a party's key. */
  sign(party, text) {
    const file = join(this.folder, "answer.txt");
    writeFileSync(file, text);
    const done = spawnSync(PROGRAM, ["sign", file, "--key", join(this.folder, `${party}.key`)], { cwd: this.folder, encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout;
  }

  /** Keys, mandate, both parties' consent to it. */
  begin() {
    for (const party of ["vesk", "orlava"]) {
      const key = join(this.folder, `${party}.key`);
      const made = spawnSync(PROGRAM, ["keys", "new", party, "--out", key], { cwd: this.folder, encoding: "utf8" });
      assert.equal(made.status, 0, made.stderr);
      this.run("keys", "register", made.stdout.trim(), "--party", party, "--by", "Orn Vallet");
    }
    const id = this.run("mission", "mandate", MANDATE, "--by", "Orn Vallet").split(/\s+/)[1];
    for (const [party, by] of [["vesk", "Tarn"], ["orlava", "Ives"]]) {
      this.run("mission", "answer", id, "consents", "--party", party, "--by", by, "--key", join(this.folder, `${party}.key`));
    }
  }

  /** Opens the room. @param {string} [listen] where */
  async open(listen = "127.0.0.1:0") {
    const child = spawn(PROGRAM, ["serve", "--listen", listen, "--ledger", this.ledger, "--gazetteer", "none"], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    this.room = new Room(child, join(this.folder, "nothing"));
    await this.room.listening();
    return this.room;
  }

  /** Ends the program as a power cut would, and opens the room again at the same place. */
  async crash() {
    this.room.child.kill("SIGKILL");
    await this.room.ended;
    await this.open(this.room.host);
  }

  async close() {
    await this.room?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The first account, which runs the room and is the mission's chief. */
export async function chiefAccount(page, room) {
  await firstAccount(page, room);
  await bind(page, room, NAME, `chief@${MISSION}`);
}

async function bind(page, room, name, part) {
  await page.goto(`${room.address}/accounts`);
  const form = page.locator("form", { has: page.getByLabel(`Part of ${name}`) });
  await form.getByRole("combobox").selectOption(part);
  await form.getByRole("button", { name: "Set" }).click();
  await page.getByRole("heading", { name: "Accounts", exact: true }).waitFor();
  assert.equal(await page.getByLabel(`Part of ${name}`).inputValue(), part);
}

/** Makes an account with a part, as whoever runs the room, and sets its password. */
export async function makeAccount(page, room, name, part) {
  await page.goto(`${room.address}/accounts`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make it" }).click();
  const link = await page.locator("main .notice code").innerText();
  await bind(page, room, name, `${part}@${MISSION}`);
  await logOut(page);
  await page.goto(room.address + link);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("Once more").fill(PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("button", { name: "Log out" }).waitFor();
}

/** Logs whoever is in out, and somebody else in. */
export async function as(page, room, name) {
  await page.goto(`${room.address}/login`);
  if ((await page.getByRole("button", { name: "Log out" }).count()) > 0) await logOut(page);
  await page.goto(`${room.address}/login`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.locator("main").getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name, exact: true }).waitFor();
}

/** A line to a room that can be down, and that can be cut in the midst of a request. */
export class Line {
  constructor(host) {
    const [name, port] = host.split(":");
    this.to = { host: name, port: Number(port) };
    this.sockets = new Set();
    /** What is done with the next request that sends a report. @type {null | ((cut: Cut) => void)} */
    this.harm = null;
    this.isDown = false;
    this.server = createServer((socket) => this.#carry(socket));
  }

  async listen() {
    await new Promise((ready) => this.server.listen(0, "127.0.0.1", ready));
    this.host = `127.0.0.1:${this.server.address().port}`;
    this.address = `http://${this.host}`;
  }

  /** Nobody gets through, and whoever is connected is cut off. */
  down() {
    this.isDown = true;
    for (const socket of this.sockets) socket.destroy();
  }

  up() {
    this.isDown = false;
  }

  async close() {
    this.down();
    await new Promise((done) => this.server.close(done));
  }

  #carry(socket) {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    socket.on("error", () => {});
    if (this.isDown) return socket.destroy();
    const there = connect(this.to);
    const both = { socket, there, back: Infinity };
    const end = () => (socket.destroy(), there.destroy());
    there.on("error", end).on("close", end);
    socket.on("close", end);
    socket.on("data", (part) => {
      const harm = this.harm;
      if (harm && part.includes("POST /api/v1/mission/reports")) {
        this.harm = null;
        harm({ forward: (bytes = part.length) => there.write(part.subarray(0, bytes)), size: part.length, end, answer: (bytes) => (both.back = bytes) });
      } else there.write(part);
    });
    there.on("data", (part) => {
      const left = part.subarray(0, Math.min(part.length, both.back));
      both.back -= left.length;
      if (left.length > 0) socket.write(left);
      if (left.length < part.length) end();
    });
  }
}
