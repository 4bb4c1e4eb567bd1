// What pages do more smoothly where scripts run. Nothing here is needed to use a page.
"use strict";

// Times also on the clock of the device, which knows better than we do where the reader is.
for (const time of document.querySelectorAll("time[data-on-my-clock]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const moment = new Date(time.dateTime).toLocaleString(document.documentElement.lang, {
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
  });
  time.textContent = `${time.dataset.onMyClock} ${moment} (${zone})`;
  time.hidden = false;
}

// A form marked data-once is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-once")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
// Coming back by the browser's own button, one may send it again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A form marked data-autosave saves after two quiet seconds. What could not be saved, because the line is
// lost or something is not right yet, stays in this browser until it is.
const QUIET = 2000, AGAIN = 15000;

const isText = ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken";
const isSeen = ([name]) => name.startsWith("seen-");

function textOf(form) {
  return JSON.stringify([...new FormData(form)].filter((pair) => isText(pair) && !isSeen(pair)));
}

function seenOf(form) {
  return [...new FormData(form)].filter(isSeen);
}

function see(form, marks) {
  for (const [name, mark] of marks) if (form.elements[name]) form.elements[name].value = mark;
}

function fill(form, text) {
  const kept = JSON.parse(text);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "file") continue;
    const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
}

function watch(form) {
  const prefix = `talka:${document.body.dataset.account || ""}:`;
  let place = prefix + form.dataset.autosave;
  const line = form.querySelector(".talka-saved");
  const words = document.querySelector("#talka-words")?.dataset || {};
  let saved = textOf(form), timer = 0, busy = false, stopped = false;
  const tell = (text, more) => { line.textContent = [text, ...(more || [])].filter(Boolean).join(" "); };
  const keep = (name, text) => { try { localStorage.setItem(name, text); } catch { /* full or closed */ } };
  const store = () => keep(place, JSON.stringify({ text: textOf(form), seen: seenOf(form) }));
  const recall = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const forget = () => { for (const name of [place, `${place}:sent`]) localStorage.removeItem(name); };
  const later = (delay) => { clearTimeout(timer); timer = setTimeout(save, delay); };

  async function save() {
    const text = textOf(form);
    if (stopped || text === saved) return;
    if (busy) { later(QUIET); return; }
    busy = true;
    store();
    const data = new FormData(form);
    for (const field of form.querySelectorAll("input[type=file]")) data.delete(field.name);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Talka-Autosave": "1" } });
      if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) throw new Error("no answer");
      take(await answer.json(), answer.status, text);
    } catch {
      tell(words.lost);
      later(AGAIN);
    } finally {
      busy = false;
    }
  }

  function take(told, status, text) {
    if (status === 409) { stopped = true; tell(words.conflict); return; }
    see(form, Object.entries(told.seen).map(([key, mark]) => [`seen-${key}`, mark]));
    if (status === 200) {
      forget();
      saved = text;
      if (textOf(form) !== saved) { store(); later(QUIET); }
    }
    if (told.address) form.action = told.address;
    if (told.place) place = prefix + told.place;
    showGaps(told.gaps);
    tell(status === 200 ? `${words.saved} ${told.saved}` : words.partly, told.problems);
  }

  form.addEventListener("input", () => { store(); later(QUIET); });
  form.addEventListener("change", () => later(QUIET));
  form.addEventListener("submit", () => { clearTimeout(timer); stopped = true; store(); keep(`${place}:sent`, "1"); });
  addEventListener("online", () => later(0));
  const kept = recall(place);
  const arrived = recall(`${place}:sent`) && document.querySelector(".talka-messages .cdx-message--success");
  if (!kept || kept.text === saved || arrived) { forget(); return; }
  // A page that shows what was typed beside what is wrong with it needs nothing from here.
  if (document.querySelector("main .cdx-message--error, main .cdx-message--warning [role=alert]")) return;
  fill(form, kept.text);
  see(form, kept.seen);
  tell(words.found);
  later(QUIET);
}

// The checklist says at once what the last save left open.
function showGaps(gaps) {
  for (const list of document.querySelectorAll(".talka-gaps")) {
    list.previousElementSibling.hidden = !gaps.length;
    list.replaceChildren(...gaps.map((gap) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `#${gap.place}`;
      link.textContent = gap.words;
      item.append(link);
      return item;
    }));
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
