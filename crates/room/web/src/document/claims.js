/** The claims of a text: one shown at a time, chosen by its mark, by the buttons or by keys. */
import { html } from "../dom.js";
import { addKeys } from "../keys.js";

/** As in css/document.css. */
const SMALL = "(max-width: 61.99rem)";
const FIELDS = "aside[id^='claim-']";

/** @param {HTMLElement} element of the document */
export function showClaims(element) {
  const panels = [...element.querySelectorAll(FIELDS)];
  const marks = [...element.querySelectorAll("mark[data-claim]")];
  if (panels.length > 0) new Claims(element, panels, marks);
}

/** The marks of each claim, in the order of the text, in which the claims come as well. */
function byClaim(marks) {
  const found = new Map();
  for (const mark of marks) for (const id of claimsOf(mark)) found.set(id, [...(found.get(id) ?? []), mark]);
  return found;
}

/** Panels in the order of the text; those without a mark come last. */
function inTextOrder(panels, claims) {
  const place = new Map([...claims.keys()].map((id, n) => [id, n]));
  const rank = (panel) => place.get(idOf(panel)) ?? claims.size;
  return [...panels].sort((a, b) => rank(a) - rank(b));
}

function idOf(panel) {
  return panel.id.slice("claim-".length);
}

function linkOf(mark) {
  return mark.querySelector("a[href]") ?? mark.closest("a[href]");
}

/** Claims may share words: a mark names all of them, parted by blanks. */
function claimsOf(mark) {
  return mark.dataset.claim.split(/\s+/);
}

class Claims {
  constructor(element, panels, marks) {
    this.claims = byClaim(marks);
    this.panels = inTextOrder(panels, this.claims);
    this.at = 0;
    this.count = html("span", { role: "status" });
    const step = (text, by) => html("button", { type: "button", click: () => this.step(by) }, text);
    this.bar = html("div", { class: "controls claim-steps", role: "group", "aria-label": "Claims" }, step("Previous", -1), step("Next", 1),
      html("button", { type: "button", click: () => this.back() }, "To the text"), this.count);
    const firsts = new Set(this.panels.map((panel) => this.marksOf(panel)[0]));
    marks.forEach((mark) => this.enliven(mark, firsts.has(mark)));
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.back());
    window.addEventListener("hashchange", () => this.follow());
    addKeys([
      { keys: ["k", "p"], text: "Previous claim", run: () => this.step(-1) },
      { keys: ["j", "n"], text: "Next claim", run: () => this.step(1) },
    ]);
    this.show(0);
    this.follow();
  }

  marksOf(panel) {
    return this.claims.get(idOf(panel)) ?? [];
  }

  /** A claim may have several marks, where others share its words: the first is the one that the keyboard reaches. */
  enliven(mark, isFirst) {
    const target = linkOf(mark) ?? mark;
    if (target === mark && isFirst) {
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
      mark.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && this.choose(mark, event));
    }
    target.addEventListener("click", (event) => this.choose(mark, event));
  }

  /** Words that several claims share show the next of them at each click. */
  choose(mark, event) {
    if (!document.getSelection()?.isCollapsed) return;
    event.preventDefault();
    const own = claimsOf(mark).map((id) => this.panels.findIndex((panel) => idOf(panel) === id)).filter((n) => n >= 0);
    if (own.length === 0) return;
    const chosen = own[(own.indexOf(this.at) + 1) % own.length];
    this.open(chosen);
    this.panels[chosen].focus({ preventScroll: true });
    if (matchMedia(SMALL).matches) this.scrollToWords(chosen);
  }

  step(by) {
    const held = this.panels[this.at].classList.contains("chosen");
    const next = held ? (this.at + by + this.panels.length) % this.panels.length : this.at;
    this.open(next);
    this.scrollToWords(next);
  }

  /** Shows one because somebody asked for it. */
  open(n) {
    this.show(n);
    this.panels[n].classList.add("chosen");
    history.replaceState(history.state, "", `#${this.panels[n].id}`);
  }

  show(n) {
    this.at = n;
    this.panels.forEach((panel, m) => {
      panel.hidden = m !== n;
      panel.tabIndex = -1;
      panel.classList.remove("chosen");
    });
    this.current?.forEach((mark) => mark.classList.remove("current"));
    this.current = this.marksOf(this.panels[n]);
    this.current.forEach((mark) => mark.classList.add("current"));
    this.moveBar(this.panels[n]);
    this.count.textContent = `Claim ${n + 1} of ${this.panels.length}`;
  }

  /** The buttons go with what is shown, and keep the focus if they have it. */
  moveBar(panel) {
    const focused = document.activeElement;
    panel.prepend(this.bar);
    if (focused instanceof HTMLElement && this.bar.contains(focused)) focused.focus({ preventScroll: true });
  }

  /** Where the fields cover the lower half of a small window, the words go to its top. */
  scrollToWords(n) {
    const block = matchMedia(SMALL).matches ? "start" : "center";
    this.marksOf(this.panels[n])[0]?.scrollIntoView({ block });
  }

  /** Back to the words from the fields. */
  back() {
    const mark = this.marksOf(this.panels[this.at])[0];
    this.panels[this.at].classList.remove("chosen");
    if (mark) (linkOf(mark) ?? mark).focus();
  }

  /** A link may name the fields of a claim or its words. */
  follow() {
    const id = /^#(?:claim|c)-(.+)$/.exec(location.hash)?.[1];
    const n = this.panels.findIndex((panel) => idOf(panel) === id);
    if (n < 0) return;
    this.show(n);
    this.panels[n].classList.add("chosen");
    this.scrollToWords(n);
  }
}
