/** The program itself, on a free port of this machine, over a new ledger in a temporary folder. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const BUILT = ["target/release/trucewatch", "target/debug/trucewatch"].map((path) => ROOT + path);
export const PROGRAM = process.env.TRUCEWATCH_PROGRAM ?? BUILT.find((path) => existsSync(path));
/** Reading the sample reports takes a while where the program was built for looking for faults. */
const START_MS = 240_000;

/** @returns {string | false} why tests that need the program are skipped */
export function withoutProgram() {
  if (PROGRAM && existsSync(PROGRAM)) return false;
  return "the program is not built";
}

/**
 * A room, listening.
 * @param {string[]} reports files or folders below the repository's root @param {string[]} [more] arguments
 * @returns {Promise<Room>}
 */
export async function openRoom(reports, more = []) {
  const folder = mkdtempSync(join(tmpdir(), "room-ledger-"));
  const read = reports.length > 0 ? ["--reports", ...reports.map((path) => ROOT + path)] : [];
  const child = spawn(PROGRAM, ["serve", "--listen", "127.0.0.1:0", "--ledger", join(folder, "books.ledger"), "--today", "2031-03-12", "--gazetteer", "none", ...more, ...read], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const room = new Room(child, folder);
  try {
    await room.listening();
  } catch (error) {
    await room.close();
    throw error;
  }
  return room;
}

/** A room that listens at `address`; `first` is the link by which the first account is made. */
export class Room {
  constructor(child, folder) {
    this.child = child;
    this.folder = folder;
    this.told = "";
    this.ended = new Promise((done) => child.on("exit", done));
    child.stdout.on("data", (part) => (this.told += part));
    child.stderr.on("data", (part) => (this.told += part));
  }

  async listening() {
    const late = Date.now() + START_MS;
    const address = () => /^room +(http:\S+)$/m.exec(this.told)?.[1];
    while (!address()) {
      if (this.child.exitCode !== null || Date.now() > late) throw new Error(`the room did not open: ${this.told}`);
      await new Promise((done) => setTimeout(done, 100));
    }
    this.address = address().replace(/\/$/, "");
    this.host = new URL(this.address).host;
    this.first = /^first account +(http:\S+)$/m.exec(this.told)?.[1] ?? null;
  }

  async close() {
    if (this.child.exitCode === null) this.child.kill("SIGTERM");
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
