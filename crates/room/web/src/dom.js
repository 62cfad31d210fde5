/** Elements made by script. Texts become text nodes and never markup, whatever a report says. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * @param {string} name @param {Record<string, unknown>} attributes functions are listeners; null and false leave one out
 * @param {...Child} children @returns {HTMLElement}
 */
export function html(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. @param {string} name @returns {SVGElement} */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/**
 * What a server answers, as JSON.
 * @param {string} address of the same origin @returns {Promise<any>} rejected with a sentence for people
 */
export async function fetched(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

/** @param {string | null | undefined} address @returns {string | null} nothing where it would leave this site or run something */
export function sameSite(address) {
  try {
    const url = new URL(address ?? "", location.href);
    return address && url.origin === location.origin && /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
