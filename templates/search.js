/* The search page. Words are made as in castpress/render/search_words.py. */
const DENSE = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]/g;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th", ς: "σ" };
const run = (dense) => new RegExp(`([${DENSE}]${dense})|(?:(?![${DENSE}])[\\p{L}\\p{N}\\u0900-\\u0963\\u0966-\\u0dff])+`, "gu");

const fold = (text) => text.replace(/[\u2010-\u2027]+/g, " ").normalize("NFKD").replace(MARKS, "").toLowerCase()
  .replace(/[ß-ς]/g, (letter) => LETTERS[letter] || letter).normalize("NFC");

// The words to look up, each as a beginning.
const wordsOf = (text) => [...new Set([...fold(text).matchAll(run("+"))].flatMap(([word, dense]) => {
  const letters = [...word];
  if (!dense) return letters.slice(0, 40).join("");
  return letters[1] ? letters.slice(1).map((letter, i) => letters[i] + letter) : word;
}))];

const plural = new Intl.PluralRules(document.documentElement.lang);
const loaded = {};
const load = (url) => loaded[url] ||= fetch(url).then((answer) => answer.json());

// A title counts more than a chapter; a whole word twice.
const worth = (sign, isWhole) => {
  const code = sign.charCodeAt(0) - 58;
  return (4 ** (31 - Math.clz32(code >> 2)) + (code & 3) / 4) * (isWhole ? 2 : 1);
};

// [episode, sign] of each place of an entry.
const unpack = (entry) => {
  let episode = -1;
  return [...entry.matchAll(/(\d*)(\D)/g)].map(([, step, sign]) => [episode += Number(step || 1), sign]);
};

// What each result is worth to one word; of a short one the first files are enough.
const lookUp = async (index, word) => {
  const upTo = (limit) => index.starts.filter((start) => start <= limit).length;
  const first = Math.max(upTo(word) - 1, 0);
  const files = index.files.slice(first, Math.min(upTo(word + "\uffff"), first + 4));
  const hits = new Map();
  for (const file of await Promise.all(files.map(load))) {
    for (const [entry, postings] of Object.entries(file)) {
      if (!entry.startsWith(word)) continue;
      for (const [episode, sign] of unpack(postings)) {
        hits.set(episode, Math.max(hits.get(episode) || 0, worth(sign, entry === word)));
      }
    }
  }
  return hits;
};

// Those with all words that the filters let through, the best first, then the newest.
const find = async (index, words, filters) => {
  const hits = await Promise.all(words.map((word) => lookUp(index, word)));
  const passes = filters.map(({ name, value }) => new Map(unpack(index.filters[name]?.[value] || "")));
  const score = (episode) => hits.reduce(
    (sum, map) => sum + map.get(episode) * Math.log(1 + index.episodes.length / map.size), 0);
  const all = [...passes, ...hits];
  return [...(all[0] || []).keys()].filter((episode) => all.every((map) => map.has(episode)))
    .sort((a, b) => score(b) - score(a) || b - a);
};

// Where the words stand: [start, end, word].
const spots = (text, words) => [...text.matchAll(run(""))].flatMap((found) => {
  const at = found.index;
  const folded = fold(found[1] ? text.slice(at, at + 4) : found[0]);
  const word = words.find((each) => folded.startsWith(each));
  return word ? [[at, at + (found[1] ? word : found[0]).length, word]] : [];
});

const make = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

// The text around the first spot.
const marked = (text, all) => {
  const aim = all.length ? all[0][0] : 0;
  const from = aim < 90 ? 0 : Math.min(text.indexOf(" ", aim - 70) + 1 || aim, aim);
  const to = text.length < from + 240 ? text.length : Math.max(text.lastIndexOf(" ", from + 220), aim + 9);
  const parts = [from ? "… " : ""];
  let last = from;
  for (const [start, end] of all) {
    if (end > to) break;
    parts.push(text.slice(last, start), make("mark", {}, text.slice(start, end)));
    last = end;
  }
  return make("span", { dir: "auto" }, ...parts, text.slice(last, to), to < text.length ? " …" : "");
};

// Those with most of the words, then those with a time.
const best = (places, words) => places.flatMap(([kind, place, text, title = ""]) => {
  const folded = fold(title + " " + text);
  if (!kind || !words.some((word) => folded.includes(word))) return [];
  const all = spots(text, words), { size } = new Set([...all, ...spots(title, words)].map((spot) => spot[2]));
  return size ? [{ kind, place, text, title, all, order: size * 2 + (typeof place === "number") }] : [];
}).sort((a, b) => b.order - a.order).slice(0, 3);

const form = document.querySelector(".search"), field = form.elements.q, say = form.dataset, selects = [...form.querySelectorAll("select")];
const [status, list, more] = [".found", ".rows", ".more"].map((name) => document.querySelector(name));
let turn = 0, wait, showMore;

const show = async (index, words, episodes, mine) => {
  showMore = () => show(index, words, episodes.slice(10), mine);
  more.hidden = episodes.length <= 10;
  const rows = episodes.slice(0, 10).map((number) => {
    const [url, title, date, kind] = index.episodes[number];
    // A dot ends no line; on a phone the theme gives a course a line of its own.
    const below = [say.pages.split("|")[kind], ...date.split(" · ")].filter(Boolean);
    const row = make("li", { className: "row is-article" },
      make("h2", { className: "row-title" }, make("a", { href: "../" + url, dir: "auto" }, title)),
      make("p", { className: "meta", dir: "auto" }, ...below.flatMap((fact, i) => [
        ...(i ? [" ", make("span", { className: "dot" }, "·\u00a0")] : []),
        make("span", i || !url.startsWith("courses/") ? {} : { dir: "auto" }, fact),
      ])));
    list.append(row);
    return [row, `../${url}`];
  });
  for (const [i, [row, url]] of words.length ? rows.entries() : []) {
    const places = await rows.slice(i, i + 2).map(([, ahead]) => load(ahead + "search.json").catch(() => []))[0];
    if (mine !== turn) return;
    for (const { kind, place, text, title, all } of best(places, words)) {
      const isTime = typeof place === "number";
      const time = isTime ? new Date(place * 1000).toISOString().slice(11, 19).replace(/^(00:)?0?/, "") + " ·\u00a0" : "";
      const label = time + (title || say.kinds.split("|")[kind]);
      row.append(make("p", { className: "hit" },
        place === "" ? label : make("a", { href: url + (isTime ? "#t=" + place : place), dir: "auto" }, label),
        " ", marked(text, all)));
    }
  }
};

const search = async () => {
  clearTimeout(wait);
  const mine = ++turn, words = wordsOf(field.value), filters = selects.filter((select) => select.value);
  history.replaceState(null, "", "?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value)));
  try {
    const index = await load("index.json"), episodes = await find(index, words, filters);
    if (mine !== turn) return;
    list.replaceChildren();
    const count = episodes.length, forms = JSON.parse(say.count);
    status.textContent = !words.length && !filters.length ? "" : !count ? say.none : (forms[plural.select(count)] || forms.other).replace("{count}", count);
    await show(index, words, episodes, mine);
  } catch {
    if (mine === turn) status.textContent = say.failed;
  }
};

field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 150); });
form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
more.addEventListener("click", () => {
  const next = list.children.length;
  showMore();
  list.children[next].querySelector("a").focus();
});
for (const select of selects) select.addEventListener("change", search);
const asked = new URLSearchParams(location.search);
for (const control of [field, ...selects]) {
  control.value = asked.get(control.name) || control.value;
  // A value that is not there.
  if (control.selectedIndex < 0) control.selectedIndex = 0;
}
search();
