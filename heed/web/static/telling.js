// Turns on that somebody is told in this browser: asks for leave, asks the browser's push service for a place, sends it.
const form = document.querySelector("form[data-tell-me]");
const cannot = document.querySelector("[data-cannot]");
const NO_LEAVE = "This browser does not let Heed show notifications. Allow them in its settings, then try again.";
const NO_SERVICE = "This browser could not reach its push service. Try again later; letters reach you all the same.";
let refuses = false;

const subscribed = async () => (await navigator.serviceWorker.getRegistration(form.dataset.worker))?.pushManager.getSubscription();

async function mark(place) {
  const held = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(place));
  return [...new Uint8Array(held)].map((each) => each.toString(16).padStart(2, "0")).join("");
}

async function showWhichIsThis() {
  const found = await subscribed();
  if (!found) return;
  const line = document.querySelector(`[data-browser="${await mark(found.endpoint)}"]`);
  if (!line) return;
  line.querySelector("[data-this]").hidden = false;
  refuses = Boolean(line.querySelector(".heed-tag"));
  form.hidden = !refuses;
}

function say(words) {
  cannot.textContent = words;
  cannot.hidden = false;
}

async function place() {
  const worker = await navigator.serviceWorker.register(form.dataset.worker);
  await running(worker);
  // What refuses, or was made under a key that was changed since, wakes nobody: begin anew.
  if (refuses) await (await worker.pushManager.getSubscription())?.unsubscribe();
  const how = {userVisibleOnly: true, applicationServerKey: form.dataset.tellMe};
  try {
    return (await worker.pushManager.subscribe(how)).endpoint;
  } catch (trouble) {
    if (trouble.name !== "InvalidStateError") throw trouble;
    await (await worker.pushManager.getSubscription()).unsubscribe();
    return (await worker.pushManager.subscribe(how)).endpoint;
  }
}

function running(worker) {
  const starting = worker.installing || worker.waiting;
  return new Promise((ready) => {
    if (worker.active || !starting) ready();
    else starting.addEventListener("statechange", () => worker.active && ready());
  });
}

async function tellMe(event) {
  event.preventDefault();
  if (await Notification.requestPermission() !== "granted") return say(NO_LEAVE);
  try {
    form.elements.place.value = await place();
  } catch {
    return say(NO_SERVICE);
  }
  form.submit();
}

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  form.hidden = false;
  cannot.hidden = true;
  form.addEventListener("submit", tellMe);
  showWhichIsThis();
}
