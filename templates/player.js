/* castpress-player: makes more of the native audio controls that the page already holds, with the
   <template> beside them (parts.html). Nothing is loaded until play: a deep link or a click on the scrubber waits as `pending`. */
(() => {
  "use strict";
  const STEP_BACK = 15, STEP_ON = 30;

  // Storage may be forbidden; then the player simply forgets.
  const recall = (key) => { try { return localStorage.getItem("castpress:" + key); } catch { return null; } };
  const remember = (key, value) => {
    try {
      if (value === null) localStorage.removeItem("castpress:" + key);
      else localStorage.setItem("castpress:" + key, value);
    } catch { /* nothing to do */ }
  };

  // Done is what was heard to its end, or ticked off by who reads.
  const isDone = (key) => recall("done:" + key);
  const all = (selector, each) => document.querySelectorAll(selector).forEach(each);

  const clock = (time) => {
    const s = Math.floor(time), pad = (n) => String(n).padStart(2, "0");
    const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return h ? `${h}:${pad(m)}:${pad(s % 60)}` : `${m}:${pad(s % 60)}`;
  };
  // The browser knows the words for hours in the language of the page; all others the body has.
  const language = document.documentElement.lang || undefined;
  const spoken = (time) => {
    const s = Math.floor(time);
    return [[Math.floor(s / 3600), "hour"], [Math.floor(s / 60) % 60, "minute"], [s % 60, "second"]]
      .filter(([n, unit]) => n || (s < 1 && unit === "second"))
      .map(([n, unit]) => n.toLocaleString(language, { style: "unit", unit, unitDisplay: "long" })).join(" ");
  };
  const say = (name, ...values) => (document.body.dataset[name] || "").replace(/%(\d)/g, (_, n) => values[n - 1]);

  // "405", "6:45", "1:02:03.5" and "1h2m3s" in seconds; NaN for anything else.
  const seconds = (text) => {
    if (/^\d+(:\d{1,2}){0,2}(\.\d+)?$/.test(text)) {
      return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    }
    const units = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(text);
    return units && text ? (units[1] || 0) * 3600 + (units[2] || 0) * 60 + Number(units[3] || 0) : NaN;
  };
  // The t= of a fragment (W3C Media Fragments): {start, end}, or null.
  const moment = (fragment) => {
    const found = /(?:^#?|&)t=(?:npt:)?([^&]*)/.exec(decodeURIComponent(fragment.replace(/%(?![\da-f]{2})/gi, "%25")));
    if (!found) return null;
    const [from, to] = found[1].split(",");
    const start = from ? seconds(from) : 0, end = to ? seconds(to) : Infinity;
    return Number.isFinite(start) && end > start ? { start, end } : null;
  };

  // One voice at a time, in other tabs too.
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("castpress") : null;
  const players = new Set();
  let current = null;
  let keysOn = recall("keys") !== "off";
  const hush = (except) => players.forEach((p) => p !== except && p.audio.pause());
  if (tabs) tabs.onmessage = () => hush(null);

  class Player extends HTMLElement {
    connectedCallback() {
      if (this.audio) return;
      this.audio = this.querySelector("audio, video");
      const frame = this.querySelector("template");
      if (!this.audio || !frame) return;
      // A video keeps its own controls, for the whole screen and its captions.
      this.audio.controls = this.audio.localName === "video";
      this.audio.hidden = !this.audio.controls;
      this.pending = null;
      this.stopAt = Infinity;
      this.saved = 0;
      const scope = this.closest("article") || document;
      this.chapters = [...scope.querySelectorAll("a[data-chapter]")]
        .map((link) => ({
          link, start: Number(link.dataset.seek), title: link.dataset.chapter,
          image: link.dataset.image, small: link.querySelector("img"),
        }));
      this.lines = [...scope.querySelectorAll("[data-start]")]
        .map((line) => ({ line, start: Number(line.dataset.start) }));
      this.append(frame.content.cloneNode(true));
      this.inner = (selector) => this.querySelector(selector);
      this.range = this.inner(".scrub input");
      this.range.max = Math.floor(this.duration);
      this.inner(".single").checked = keysOn;
      for (const { start } of this.chapters) {
        if (!start) continue;
        const tick = document.createElement("i");
        tick.style.left = `${100 * start / this.duration}%`;
        this.inner(".scrub").append(tick);
      }
      if (this.chapters.length < 2) {
        this.querySelectorAll('[data-do="previous"], [data-do="next"], .sleep [value="chapter"]')
          .forEach((element) => element.remove());
      }
      const rate = this.inner(".rate");
      rate.value = recall("rate");
      rate.value ||= "1";
      this.listen();
      players.add(this);
      current ??= this;
      const linked = moment(location.hash);
      const left = Number(recall("at:" + this.dataset.key));
      if (linked) {
        this.jump(linked);
        // The fragment is also a chapter's anchor, for readers without this script.
        addEventListener("load", () => this.scrollIntoView({ block: "center" }), { once: true });
      }
      else if (left > 5 && left < this.duration - 5) { this.pending = left; this.note(say("resumes")); }
      this.update();
    }
    disconnectedCallback() { players.delete(this); if (this.audio) this.audio.pause(); }

    get duration() {
      return (Number.isFinite(this.audio.duration) && this.audio.duration) || Number(this.dataset.seconds);
    }
    get time() { return this.pending ?? this.audio.currentTime; }

    listen() {
      const { audio, range } = this;
      this.addEventListener("click", (event) => {
        const button = event.target.closest("[data-do]");
        if (button) this[button.dataset.do]();
      });
      range.addEventListener("input", () => { this.dragged = Number(range.value); this.update(); });
      range.addEventListener("change", () => { this.dragged = undefined; this.seek(Number(range.value)); });
      range.addEventListener("keydown", (event) => {
        const by = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 }[event.key];
        if (by) { event.preventDefault(); this.seek(this.time + by); }
      });
      this.inner(".rate").addEventListener("change", (event) => {
        audio.playbackRate = Number(event.target.value);
        remember("rate", event.target.value);
      });
      this.inner(".sleep").addEventListener("change", (event) => this.sleep(event.target.value));
      this.inner(".single").addEventListener("change", (event) => {
        keysOn = event.target.checked;
        remember("keys", keysOn ? "on" : "off");
      });
      this.inner(".mini a").addEventListener("click", (event) => {
        event.preventDefault();
        this.scrollIntoView({ block: "center" });
        this.inner(".play").focus({ preventScroll: true });
      });
      audio.addEventListener("loadedmetadata", () => {
        range.max = Math.floor(this.duration);
        if (this.pending !== null) audio.currentTime = Math.min(this.pending, this.duration);
        this.pending = null;
        audio.playbackRate = Number(this.inner(".rate").value);
      });
      audio.addEventListener("timeupdate", () => {
        if (audio.currentTime >= this.stopAt) { audio.pause(); this.wake(); }
        this.update();
        if (Math.abs(this.time - this.saved) > 5) this.save();
      });
      audio.addEventListener("seeking", () => { if (this.inner(".sleep").value === "chapter") this.arm(); });
      audio.addEventListener("seeked", () => { this.update(); this.position(); });
      audio.addEventListener("ratechange", () => this.position());
      audio.addEventListener("play", () => {
        current = this;
        hush(this);
        if (tabs) tabs.postMessage("play");
        this.inner(".fault").hidden = true;
        this.note("");
        this.session();
        this.show(true);
      });
      audio.addEventListener("pause", () => { this.save(); this.show(false); });
      audio.addEventListener("ended", () => { this.finish(); this.wake(); this.show(false); });
      audio.addEventListener("error", () => this.fail());
      addEventListener("pagehide", () => this.save());
      new IntersectionObserver(([entry]) => { this.away = !entry.isIntersecting; this.show(!audio.paused); }).observe(this);
    }

    show(playing) {
      this.classList.toggle("is-playing", playing);
      this.querySelectorAll(".play").forEach((b) => b.setAttribute("aria-label", say(playing ? "pause" : "play")));
      this.started ||= playing;
      this.inner(".mini").hidden = !(this.started && this.away);
    }
    note(text) { this.inner(".now-note").textContent = text; }
    save() {
      if (!this.started || this.audio.ended) return;
      this.saved = this.time;
      const left = this.duration - this.time;
      // What fades out is heard.
      if (left < 30 && left < this.time) this.finish();
      else remember("at:" + this.dataset.key, Math.floor(this.time));
    }
    finish() {
      const { key } = this.dataset;
      remember("at:" + key, null);
      if (!isDone(key)) { remember("done:" + key, 1); tally(); }
    }
    fail() { this.inner(".fault").hidden = false; this.show(false); }

    toggle() { if (this.audio.paused) this.play(); else this.audio.pause(); }
    play() {
      if (this.audio.error) {
        this.pending ??= this.audio.currentTime;
        this.audio.load();
      }
      this.audio.play().catch((fault) => { if (fault.name === "NotSupportedError") this.fail(); });
    }
    seek(time) {
      const to = Math.max(0, Math.min(time, this.duration));
      if (to > this.stopAt) this.stopAt = Infinity;
      if (this.audio.readyState) this.audio.currentTime = to;
      else this.pending = to;
      this.update();
    }
    jump({ start, end }) {
      this.stopAt = Infinity;
      this.seek(start);
      this.stopAt = end;
      this.note(say("starts", clock(this.time)));
    }
    back() { this.seek(this.time - STEP_BACK); }
    on() { this.seek(this.time + STEP_ON); }
    previous() {
      // Like any player: first to the beginning of this chapter, then to the one before.
      const at = this.place(this.chapters), here = this.chapters[at];
      const to = here && this.time - here.start < 3 ? at - 1 : at;
      this.seek(this.chapters[to]?.start ?? 0);
    }
    next() {
      const to = this.chapters[this.place(this.chapters) + 1];
      if (to) this.seek(to.start);
    }
    place(list) {
      let at = list.length - 1;
      while (at >= 0 && list[at].start > this.time + 0.05) at -= 1;
      return at;
    }

    share() {
      const { share, title } = this.dataset, at = Math.floor(this.time);
      const url = share + (at ? `#t=${at}` : "");
      const put = () => copy(url).then(
        () => this.note(at ? say("link", clock(at)) : say("copied")),
        () => this.note(url));
      // A phone has a sheet for it; whoever closes that wants nothing more.
      if (navigator.share && matchMedia("(pointer: coarse)").matches) {
        navigator.share({ title, url }).catch((fault) => { if (fault.name !== "AbortError") put(); });
      } else put();
    }
    sleep(choice) {
      this.wake(choice);
      if (choice === "chapter") {
        this.arm();
        this.note(say("chapter"));
      } else if (choice) {
        this.timer = setTimeout(() => { this.audio.pause(); this.wake(); }, choice * 60000);
        this.note(say("stops", choice));
      } else this.note("");
    }
    arm() { this.stopAt = this.chapters[this.place(this.chapters) + 1]?.start ?? Infinity; }
    wake(choice = "") {
      clearTimeout(this.timer);
      this.stopAt = Infinity;
      this.inner(".sleep").value = choice;
    }
    help() { this.inner("dialog").showModal(); }
    close() { this.inner("dialog").close(); }

    update() {
      const time = this.dragged ?? this.time, { duration } = this;
      this.inner(".elapsed").textContent = clock(time);
      this.inner(".total").textContent = clock(duration);
      this.inner(".mini-time").textContent = `${clock(time)} / ${clock(duration)}`;
      if (this.dragged === undefined) this.range.value = time;
      this.range.setAttribute("aria-valuetext", say("position", spoken(time), spoken(duration)));
      this.range.style.setProperty("--played", `${100 * time / duration || 0}%`);
      const chapter = this.place(this.chapters);
      if (chapter !== this.chapter) {
        this.chapter = chapter;
        const title = this.chapters[chapter]?.title || this.dataset.title;
        this.inner(".now-title").textContent = title;
        this.inner(".mini a").textContent = title;
        if (!this.audio.paused) this.session();
      }
      const here = this.started || time ? this.chapters[chapter] : null;
      if (here !== this.here) {
        this.here?.link.removeAttribute("aria-current");
        here?.link.setAttribute("aria-current", "true");
        const list = here?.link.closest(".chapters");
        if (list) list.scrollTop = here.link.offsetTop - list.clientHeight / 2;
        this.inner(".now-image")?.remove();
        if (here?.small) {
          const image = here.small.cloneNode();
          image.className = "now-image";
          image.alt = "";
          this.inner(".now-title").before(image);
        }
        this.here = here;
      }
      const line = this.audio.paused && !this.started ? -1 : this.place(this.lines);
      if (line !== this.line) {
        const last = this.lines[this.line]?.line, next = this.lines[line]?.line;
        const box = last?.getBoundingClientRect();
        last?.classList.remove("is-said");
        next?.classList.add("is-said");
        // Whoever has the spoken line in view reads along; whoever scrolled away is left alone.
        if (box?.height && box.bottom > 0 && box.top < innerHeight) next?.scrollIntoView({ block: "nearest" });
        this.line = line;
      }
    }

    session() {
      const media = navigator.mediaSession, { title, show, artwork, sizes, type } = this.dataset;
      if (!media) return;
      const { title: chapter, image } = this.chapters[this.chapter] ?? {};
      media.metadata = new MediaMetadata({
        title: chapter && chapter !== title ? `${title}: ${chapter}` : title,
        artist: show,
        artwork: image ? [{ src: image }] : artwork ? [{ src: artwork, sizes, type }] : [],
      });
      const several = this.chapters.length > 1;
      const handlers = {
        play: () => this.play(), pause: () => this.audio.pause(),
        seekbackward: () => this.back(), seekforward: () => this.on(),
        seekto: (details) => this.seek(details.seekTime),
        previoustrack: several ? () => this.previous() : null,
        nexttrack: several ? () => this.next() : null,
      };
      for (const [name, handler] of Object.entries(handlers)) {
        try { media.setActionHandler(name, handler); } catch { /* not known to this browser */ }
      }
      this.position();
    }
    position() {
      const { duration, time, audio } = this;
      if (current !== this) return;
      navigator.mediaSession?.setPositionState?.({
        duration, position: Math.min(time, duration), playbackRate: audio.playbackRate,
      });
    }
  }

  const copy = (text) => navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();

  // Times are links; a click with a modifier is the reader's own business.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-seek], a[href^='#t=']");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const player = link.closest("article")?.querySelector("castpress-player") || current;
    if (!player?.audio) return;
    event.preventDefault();
    player.stopAt = Infinity;
    player.seek(Number(link.dataset.seek ?? moment(link.hash)?.start ?? 0));
    player.play();
  });
  addEventListener("hashchange", () => {
    const linked = moment(location.hash);
    if (linked && current) current.jump(linked);
  });
  document.addEventListener("keydown", (event) => {
    const player = current, { target, key } = event;
    if (!player || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    if (target.closest("input, textarea, select, video, [contenteditable], dialog, .table")) return;
    // Space also presses buttons and scrolls the page until something was played.
    if (!keysOn || (key === " " && (!player.started || target.closest("button, a, summary")))) return;
    const act = {
      " ": () => player.toggle(), k: () => player.toggle(), j: () => player.back(), l: () => player.on(),
      ArrowLeft: () => player.seek(player.time - 5), ArrowRight: () => player.seek(player.time + 5),
      "[": () => player.previous(), "]": () => player.next(), "?": () => player.help(),
    }[key];
    if (act) { event.preventDefault(); act(); }
  });

  customElements.define("castpress-player", Player);

  all("[data-copy]", (button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.copy);
      copy(field.value).then(() => { button.textContent = say("copied"); }, () => field.select());
    });
  });
  all(".find", (bar) => {
    const field = bar.querySelector("input"), count = bar.querySelector("[role]");
    const lines = [...bar.parentNode.querySelectorAll(".said")].map((line) => line.lastChild);
    let found = [], at = -1;
    const mark = (name, ranges) => window.CSS?.highlights?.set(name, new Highlight(...ranges));
    const show = () => {
      const here = found.slice(at, at + 1 || 0);
      mark("here", here);
      here[0]?.startContainer.parentNode.scrollIntoView({ block: "center" });
      count.textContent = !field.value ? "" : here[0] ? say("at", at + 1, found.length) : say("found", found.length);
    };
    const step = (by) => {
      if (found.length) at = (Math.max(at, by < 0 ? 0 : -1) + by + found.length) % found.length;
      show();
    };
    field.addEventListener("input", () => {
      const word = field.value.toLowerCase();
      found = [];
      at = -1;
      for (const line of word ? lines : []) {
        const text = line.data.toLowerCase();
        for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1)) {
          const range = new Range();
          range.setStart(line, i);
          range.setEnd(line, Math.min(i + word.length, line.length));
          found.push(range);
        }
      }
      mark("found", found);
      show();
    });
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") step(event.shiftKey ? -1 : 1); });
    bar.addEventListener("click", (event) => { if (event.target.dataset.step) step(Number(event.target.dataset.step)); });
    bar.hidden = false;
  });

  const tally = () => {
    all("[data-progress]", (mark) => {
      const { progress: key, seconds } = mark.dataset, at = recall("at:" + key);
      mark.textContent = at ? say("left", Math.ceil((seconds - at) / 60)) : say("heard");
      mark.hidden = !at && !isDone(key);
    });
    all("[data-done]", (box) => {
      box.checked = isDone(box.dataset.done);
      box.parentNode.hidden = false;
    });
    all("[data-lessons]", (line) => {
      const keys = line.dataset.lessons.split("\n"), open = keys.filter((key) => !isDone(key));
      line.textContent = line.dataset.heard.replace("{}", () => keys.length - open.length);
      line.hidden = open.length === keys.length;
      const button = document.querySelector("[data-continue]");
      const row = document.querySelector(`[data-progress="${CSS.escape(open[0])}"]`)?.closest("li");
      if (!button || !row || line.hidden) return;
      const link = row.querySelector("a");
      button.href = link.href;
      button.textContent = button.dataset.continue.replace("{}", () => (row.querySelector(".unseen") || link).textContent);
    });
  };
  tally();
  addEventListener("pageshow", tally);
  document.addEventListener("change", ({ target }) => {
    const key = target.dataset.done;
    if (!key) return;
    remember("done:" + key, target.checked ? 1 : null);
    tally();
  });

  // A link into what is folded opens it.
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1)), fold = target?.closest("details:not([open])");
    if (fold) { fold.open = true; target.scrollIntoView(); }
  };
  unfold();
  addEventListener("hashchange", unfold);
  all("[data-quote]", (button) => {
    const label = button.textContent;
    let quote;
    document.addEventListener("selectionchange", () => {
      const chosen = getSelection(), from = !chosen.isCollapsed && chosen.getRangeAt(0).startContainer;
      const said = from && (from.closest ? from : from.parentNode)?.closest(".said[id]");
      button.hidden = !said;
      button.textContent = label;
      if (said) quote = `${chosen}\n${button.dataset.quote}#${said.id}`;
    });
    button.addEventListener("click", () => copy(quote).then(() => { button.textContent = say("copied"); }, () => {}));
  });

  // Ways into an app: those that fit this device come first, in their order.
  const agent = navigator.userAgent;
  const device = /Android/.test(agent) ? "android" : /iPhone|iPad|Mac/.test(agent) ? "apple" : "desktop";
  for (const link of [...document.querySelectorAll(`[data-for~=${device}]`)].reverse()) {
    const item = link.closest("li");
    item.parentNode.prepend(item);
  }
})();
