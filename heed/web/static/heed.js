// Improves pages that already work without it: GOV.UK and MOJ components switch themselves on.
import { initAll } from "./vendor/govuk-frontend.min.js";
import { initAll as initMoj } from "./vendor/moj-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
initMoj();

// A sheet that is meant for paper asks for the printer at once; without a script it is printed like any page.
if (document.querySelector("[data-print-at-once]")) window.addEventListener("load", () => window.print());
