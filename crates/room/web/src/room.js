/** Looks for what can be made livelier on a page. Every page works without. */
import { fatal } from "./fatal.js";
import { reachScrolling, showPlace } from "./scroll.js";

const MODULES = {
  map: () => import("./map/map.js"),
  timeline: () => import("./timeline/timeline.js"),
  document: () => import("./document/document.js"),
  keyboard: () => import("./keyboard.js"),
  filter: () => import("./filter.js"),
  field: () => import("./field/field.js"),
  sectors: () => import("./field/sectors.js"),
  ground: () => import("./map/ground.js"),
};

document.documentElement.classList.add("scripted");
reachScrolling();
showPlace();
for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(/\s+/)) {
    if (Object.hasOwn(MODULES, name)) MODULES[name]().then((module) => module.enhance(element)).catch((error) => fatal(element, name, error));
  }
}
