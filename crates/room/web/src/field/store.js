/** Reports on the device: IndexedDB. What is told as kept is written through. */

const NAME = "trucewatch-field";
const REPORTS = "reports";

/** @returns {Promise<Store>} rejected where the browser keeps nothing */
export function openStore() {
  return new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(REPORTS, { keyPath: "id" });
    request.onsuccess = () => done(new Store(request.result));
    request.onerror = () => failed(request.error);
    request.onblocked = () => failed(new Error("another page holds the store"));
  });
}

/** Reports by their ids. */
export class Store {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
  }

  /** @param {import("./report.js").Kept} kept @returns {Promise<void>} once it is on the disk */
  put(kept) {
    return this.#write((reports) => reports.put(kept));
  }

  /** @param {string} id */
  forget(id) {
    return this.#write((reports) => reports.delete(id));
  }

  /** @returns {Promise<import("./report.js").Kept[]>} the first that was made first */
  all() {
    return new Promise((done, failed) => {
      const request = this.database.transaction(REPORTS).objectStore(REPORTS).getAll();
      request.onsuccess = () => done(request.result.sort((a, b) => a.made - b.made || (a.id < b.id ? -1 : 1)));
      request.onerror = () => failed(request.error);
    });
  }

  #write(work) {
    return new Promise((done, failed) => {
      const transaction = this.database.transaction(REPORTS, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => done();
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
      work(transaction.objectStore(REPORTS));
    });
  }
}
