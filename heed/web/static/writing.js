// While somebody writes a concern: at a pause, ask which phrases to look at again. Without it the page works as well.
const form = document.querySelector("form[data-pause]");
const text = form.elements.text, done = form.elements.wording, prompts = document.getElementById("prompts");
const kept = document.getElementById("kept");
const SIGNED_OUT = "You are signed out: it is not kept. Sign in in a new window; your words stay here.";
const NOT_KEPT = "What you typed last is NOT kept as a draft. Your words stay on this page: do not close it.";
let waiting = 0, asked = 0;

// Only words: a file travels when the page is sent, not at every pause.
const words = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

async function pause() {
  const mine = ++asked;
  try {
    const answer = await fetch(form.dataset.pause, {method: "POST", body: words(), redirect: "manual"});
    const shown = await answer.text();
    if (mine !== asked) return;
    const at = answer.headers.get("X-Kept");
    if (answer.status === 403) kept.textContent = SIGNED_OUT;
    else if (!answer.ok || answer.headers.has("X-Not-Kept")) kept.textContent = NOT_KEPT;
    else if (at && !kept.textContent.endsWith(`${at}.`)) kept.textContent = `Kept as a draft at ${at}.`;
    if (answer.ok && shown.trim() !== prompts.innerHTML.trim()) show(shown);
  } catch {
    // No line.
    if (mine === asked) kept.textContent = NOT_KEPT;
  }
}

// A phrase that was asked about and is gone, neither taken nor kept, was put in the writer's own other words.
function show(html) {
  const before = pairs();
  prompts.innerHTML = html;
  for (const pair of before) {
    if (!pairs().includes(pair) && !done.value.includes(`${pair}=`)) done.value += ` ${pair}=rewritten`;
  }
}

const pairs = () => [...prompts.querySelectorAll("li")].map((each) => each.dataset.pair);

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(pause, 1200);
}

// The server counts characters; the box counts UTF-16.
const here = (count) => [...text.value].slice(0, count).join("").length;

function answer(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const {start, end, pair, instead} = button.closest("li").dataset;
  if (button.name === "take") text.setRangeText(instead, here(+start), here(+end), "end");
  const why = prompts.querySelector(`[name="why-${pair}"]`).value;
  done.value += button.name === "take" ? ` ${pair}=accepted` : ` ${pair}=kept${why && ":" + why}`;
  text.focus();
  pause();
}

form.addEventListener("input", later);
prompts.addEventListener("click", answer);
