/** What is kept on the device, as a list; and what is wrong, beside the fields. */
import { html } from "../dom.js";

const WORDS = { waits: "waits", taken: "taken", refused: "refused" };
const SIGNS = { waits: "○", taken: "✓", refused: "✗" };

/**
 * @param {Element} room @param {{all: import("./report.js").Kept[], words: string, stopped: string | null, isThere: boolean, who: string}} state
 * @param {{send: () => void, forget: (kept: any) => void, mend: (kept: any) => void}} act
 */
export function listed(room, { all, words, stopped, isThere, who }, act) {
  const offline = !isThere && "The room cannot be reached: reports are kept on this device, and sent when it can. ";
  const waits = all.some(({ state }) => state === "waits");
  const focused = document.activeElement?.closest?.("[data-role=state] [data-act]")?.getAttribute("data-act");
  room.replaceChildren(
    html("section", { class: "card outbox", "aria-label": "Reports on this device" },
      html("p", { role: "status" }, offline, words, stopped && ` ${stopped}`),
      waits && html("p", {}, html("button", { type: "button", click: act.send, "data-act": "send" }, "Send what waits")),
      all.length > 0 && html("ul", { class: "kept" }, ...[...all].reverse().map((kept) => line(kept, who, act))),
    ),
  );
  if (focused) room.querySelector(`[data-act="${CSS.escape(focused)}"]`)?.focus();
}

function line(kept, who, act) {
  const { report, state, why, wrong, href, entry } = kept;
  const name = report.fields.number ?? "without a number";
  const said = (wrong ?? []).map(({ field, problem }) => html("li", {}, html("a", { href: `#${field}`, click: () => act.mend(kept) }, field), `: ${problem}`));
  const buttons = [
    state === "refused" && html("button", { type: "button", class: "minor", click: () => act.mend(kept), "data-act": `mend-${kept.id}` }, "Mend it in the form"),
    state === "taken" && html("button", { type: "button", class: "minor", click: () => act.forget(kept), "data-act": `forget-${kept.id}` }, "Forget it here"),
  ];
  return html("li", { class: state, "data-id": kept.id, "data-state": state },
    html("b", {}, `${SIGNS[state]} ${WORDS[state]}`), " ",
    href ? html("a", { href }, name) : name, entry !== undefined && `, entry ${entry}`,
    kept.who !== who && ` (of ${kept.who})`,
    state === "refused" && said.length === 0 && `: ${why}`,
    said.length > 0 && html("ul", {}, ...said),
    " ", ...buttons);
}

/** @param {HTMLFormElement} form @param {import("./report.js").Wrong[]} wrong */
export function showWrong(form, wrong) {
  form.querySelectorAll(".error").forEach((words) => words.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  let first = null;
  for (const { field, problem } of wrong) {
    const input = form.elements.namedItem(field) ?? form.elements.namedItem(`${field}_min`);
    if (!(input instanceof HTMLElement)) continue;
    input.setAttribute("aria-invalid", "true");
    input.closest(".field")?.append(html("span", { class: "error" }, problem));
    first ??= input;
  }
  first?.focus();
}
