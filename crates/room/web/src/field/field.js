/** The form for reports from the field: kept on the device first, sent when the room can be reached. */
import { counted, filled, newId, STAY } from "./report.js";
import { isThere, sendAll } from "./send.js";
import { openStore } from "./store.js";
import { listed, showWrong } from "./shown.js";

const AGAIN_MS = 20_000;

/** @param {HTMLElement} element with the form, `data-who`, `data-to`, `data-mission`, `data-worker` */
export async function enhance(element) {
  const form = element.querySelector("form.field-form");
  const room = element.querySelector("[data-role=state]");
  if (!(form instanceof HTMLFormElement) || !room) return;
  keepToKind(form);
  const store = await openStore();
  const desk = new Desk(element, form, room, store);
  form.addEventListener("submit", (event) => desk.keep(event));
  window.addEventListener("online", () => desk.send());
  window.addEventListener("offline", () => desk.look());
  setInterval(() => desk.look(), AGAIN_MS);
  form.elements.namedItem("instanceid").value = freshId();
  await atHand(element.dataset.worker);
  await desk.look();
  element.dataset.ready = "yes";
}

const freshId = () => newId((bytes) => crypto.getRandomValues(bytes));

/** Only the fields of the kind of report that was chosen. */
function keepToKind(form) {
  const kind = form.elements.namedItem("kind");
  const groups = [...form.querySelectorAll("fieldset[data-kind]")];
  const apply = () => {
    for (const group of groups) {
      group.hidden = group.disabled = group.dataset.kind !== kind.value;
      for (const field of group.querySelectorAll("[data-needed]")) field.required = !group.disabled;
    }
  };
  kind.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
}

/** Has the form kept by a worker, so that it opens without network. */
async function atHand(worker) {
  if (!worker || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(worker).catch((error) => console.warn("the form is not kept at hand", error));
}

/** What is kept on this device, and the form. */
class Desk {
  constructor(element, form, room, store) {
    Object.assign(this, { form, room, store, stopped: null, sending: null, isThere: true });
    const word = form.elements.namedItem("csrf");
    this.post = {
      to: element.dataset.to, page: form.getAttribute("action"), who: element.dataset.who,
      word: () => word.value, renew: (value) => (word.value = value),
    };
    this.mission = element.dataset.mission;
  }

  /** Keeps what the form says on the device, then sends. @param {SubmitEvent} event */
  async keep(event) {
    event.preventDefault();
    const button = this.form.querySelector("button:not([type])");
    button.disabled = true;
    try {
      const id = this.form.elements.namedItem("instanceid").value;
      const report = { id, fields: filled(new FormData(this.form)), attachments: await hashed(this.form.elements.namedItem("attachment").files) };
      await this.store.put({ id, who: this.post.who, mission: this.mission, made: Date.now(), state: "waits", report });
      this.next();
    } catch (error) {
      this.stopped = `Not kept on this device (${error.message}): the form still holds it.`;
    } finally {
      button.disabled = false;
    }
    await this.show();
    this.room.scrollIntoView({ block: "nearest" });
    await this.send();
  }

  /** Makes room for the next report, which begins with who reports and from where. */
  next() {
    const stay = STAY.map((name) => [name, this.form.elements.namedItem(name)?.value ?? ""]);
    this.form.reset();
    for (const [name, value] of stay) if (this.form.elements.namedItem(name)) this.form.elements.namedItem(name).value = value;
    this.form.elements.namedItem("instanceid").value = freshId();
    showWrong(this.form, []);
  }

  /** Looks whether the room can be reached, and sends what waits if so. */
  async look() {
    this.isThere = await isThere();
    if (this.isThere) await this.send();
    else await this.show();
  }

  /** Sends what waits. */
  async send() {
    if (this.sending) return this.sending;
    this.sending = this.#sent().finally(() => (this.sending = null));
    return this.sending;
  }

  async #sent() {
    const { stopped, isThere } = await sendAll(this.store, this.post, () => this.show());
    Object.assign(this, { stopped, isThere: isThere ?? this.isThere });
    await this.show();
  }

  async show() {
    const all = await this.store.all();
    listed(this.room, { all, words: counted(all), stopped: this.stopped, isThere: this.isThere, who: this.post.who }, {
      send: () => this.send(),
      forget: (kept) => this.store.forget(kept.id).then(() => this.show()),
      mend: (kept) => this.mend(kept),
    });
  }

  /** Takes a report that was refused back into the form; it goes under its own id again. */
  async mend(kept) {
    this.form.reset();
    for (const [name, value] of Object.entries(kept.report.fields)) {
      const field = this.form.elements.namedItem(name);
      if (field) field.value = value;
    }
    this.form.elements.namedItem("kind").dispatchEvent(new Event("change"));
    this.form.elements.namedItem("instanceid").value = kept.id;
    showWrong(this.form, kept.wrong ?? []);
  }
}

/** Names, hashes and sizes of files; their bytes stay here. */
async function hashed(files) {
  const one = async (file) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return { name: file.name, sha256: [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join(""), bytes: file.size };
  };
  return Promise.all([...(files ?? [])].map(one));
}
