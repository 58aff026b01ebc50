"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const data = JSON.parse(document.getElementById("events").textContent);

  // Copy buttons beside commands.
  const copied = document.getElementById("status");
  for (const block of document.querySelectorAll(".command")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the commands");
    button.addEventListener("click", () => copy(block.querySelector("pre").textContent));
    block.append(button);
  }
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    copied.textContent = "Copied.";
  }

  // Swimlanes: every part knows its time; zooming and panning place it anew.
  for (const chart of document.querySelectorAll(".chart[data-from]")) lanes(chart);
  function lanes(chart) {
    const svg = chart.querySelector("svg");
    const plot = { left: Number(svg.dataset.left), width: Number(svg.dataset.width) };
    const home = { from: Number(chart.dataset.from), to: Number(chart.dataset.to) };
    const full = { from: Number(chart.dataset.first), to: Number(chart.dataset.last) };
    let view = { ...home };
    const place = (time) => plot.left + (time - view.from) / (view.to - view.from) * plot.width;
    const clamp = (x) => Math.max(plot.left, Math.min(plot.left + plot.width, x));

    function draw() {
      for (const part of svg.querySelectorAll("[data-a]")) {
        const a = Number(part.dataset.a);
        const b = part.dataset.b === undefined ? a : Number(part.dataset.b);
        const start = clamp(place(a)), end = clamp(place(b));
        const isOut = b < view.from || a > view.to;
        part.setAttribute("visibility", isOut ? "hidden" : "visible");
        if (part.tagName === "rect") {
          part.setAttribute("x", start);
          part.setAttribute("width", Math.max(1.5, end - start));
        } else if (part.tagName === "line") {
          part.setAttribute("x1", start);
          part.setAttribute("x2", end);
        } else if (part.tagName === "text") {
          const right = plot.left + plot.width;
          const isAtEdge = start > right - part.textContent.length * 6.6;
          part.setAttribute("x", isAtEdge ? right - 3 : start + 3);
          part.setAttribute("text-anchor", isAtEdge ? "end" : "start");
        } else {
          part.setAttribute("transform", `translate(${place(a)} ${part.dataset.y})`);
        }
      }
      axis();
    }

    function axis() {
      const steps = [10, 50, 100, 500, 1e3, 2e3, 5e3, 1e4, 3e4, 6e4, 3e5, 9e5, 36e5, 216e5, 864e5];
      const span = view.to - view.from;
      const step = steps.find((s) => span / s <= 9) || 864e5 * Math.ceil(span / 864e5 / 8);
      const group = svg.querySelector(".ticks");
      group.replaceChildren();
      for (let t = Math.ceil(view.from / step) * step; t <= view.to; t += step) {
        const line = document.createElementNS(svg.namespaceURI, "line");
        for (const [name, value] of [["x1", place(t)], ["x2", place(t)], ["y1", 18], ["y2", svg.dataset.height]]) line.setAttribute(name, value);
        line.setAttribute("class", "grid");
        const label = document.createElementNS(svg.namespaceURI, "text");
        label.setAttribute("x", place(t));
        label.setAttribute("y", 12);
        const right = plot.left + plot.width;
        label.setAttribute("text-anchor", place(t) > right - 24 ? "end" : place(t) < plot.left + 24 ? "start" : "middle");
        label.setAttribute("class", "axis");
        const text = new Date(t).toISOString();
        label.textContent = step >= 1e3 ? text.slice(11, 19) : text.slice(11, 23);
        group.append(line, label);
      }
    }

    function zoom(factor, at) {
      const middle = at === undefined ? (view.from + view.to) / 2 : at;
      const span = Math.max(20, Math.min((full.to - full.from) * 1.2, (view.to - view.from) * factor));
      const share = (middle - view.from) / (view.to - view.from);
      view = { from: middle - span * share, to: middle + span * (1 - share) };
      draw();
    }
    function pan(share) {
      const shift = (view.to - view.from) * share;
      view = { from: view.from + shift, to: view.to + shift };
      draw();
    }
    const acts = {
      in: () => zoom(0.6), out: () => zoom(1 / 0.6), left: () => pan(-0.25), right: () => pan(0.25),
      home: () => { view = { ...home }; draw(); }, all: () => { view = { ...full }; draw(); },
    };
    for (const button of chart.querySelectorAll("button[data-act]")) button.addEventListener("click", acts[button.dataset.act]);
    const timeAt = (event) => {
      const box = svg.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
      return view.from + (x - plot.left) / plot.width * (view.to - view.from);
    };
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 0.8 : 1.25, timeAt(event));
    }, { passive: false });
    let grip = null;
    svg.addEventListener("pointerdown", (event) => { grip = { time: timeAt(event) }; });
    window.addEventListener("pointerup", () => { grip = null; });
    svg.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const shift = grip.time - timeAt(event);
      view = { from: view.from + shift, to: view.to + shift };
      draw();
    });

    /** Moves the view to a mark outside of it: what is hidden takes no focus. */
    function reveal(mark) {
      const from = Number(mark.dataset.a);
      if (mark.getAttribute("visibility") !== "hidden") return;
      const shift = from - (view.from + view.to) / 2;
      view = { from: view.from + shift, to: view.to + shift };
      draw();
    }

    // Marks: one stop for the tabulator, arrows go from mark to mark.
    const panel = chart.querySelector(".evidence-panel");
    const marks = [...svg.querySelectorAll(".mark, .phase")].sort((a, b) => Number(a.dataset.a) - Number(b.dataset.a));
    const firstSeen = Math.max(0, marks.findIndex((mark) => mark.getAttribute("visibility") !== "hidden"));
    marks.forEach((mark, index) => mark.setAttribute("tabindex", index === firstSeen ? "0" : "-1"));
    function show(mark) {
      panel.replaceChildren();
      const head = document.createElement("strong");
      head.textContent = mark.getAttribute("aria-label");
      panel.append(head);
      for (const line of JSON.parse(mark.dataset.lines || "[]")) {
        const pre = document.createElement("pre");
        pre.textContent = line;
        panel.append(pre);
      }
    }
    svg.addEventListener("click", (event) => {
      const mark = event.target.closest(".mark, .phase");
      if (mark) { show(mark); focusOn(marks.indexOf(mark)); }
    });
    function focusOn(index) {
      const next = marks[Math.max(0, Math.min(marks.length - 1, index))];
      reveal(next);
      for (const mark of marks) mark.setAttribute("tabindex", mark === next ? "0" : "-1");
      next.focus();
    }
    svg.addEventListener("keydown", (event) => {
      const index = marks.indexOf(event.target);
      const act = { ArrowRight: () => focusOn(index + 1), ArrowLeft: () => focusOn(index - 1), Home: () => focusOn(0),
        End: () => focusOn(marks.length - 1), Enter: () => show(event.target), " ": () => show(event.target),
        "+": acts.in, "-": acts.out, "0": acts.home }[event.key];
      if (!act || index < 0) return;
      event.preventDefault();
      act();
    });
    draw();
  }

  // The list of all events: only the rows that are seen exist.
  const box = document.querySelector(".scroller");
  if (!box) return;
  const search = document.getElementById("search"), count = document.getElementById("count");
  const spacer = document.createElement("div"), rowHeight = 24;
  box.append(spacer);
  const haystack = data.map((row) => row.join(" ").toLowerCase());
  let found = data.map((_, index) => index);
  function render() {
    spacer.style.height = found.length * rowHeight + "px";
    const first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - 10);
    const rows = found.slice(first, first + Math.ceil(box.clientHeight / rowHeight) + 20).map((index, offset) => {
      const row = document.createElement("div");
      row.className = "row";
      row.setAttribute("role", "listitem");
      row.style.top = (first + offset) * rowHeight + "px";
      for (const text of data[index]) {
        const cell = document.createElement("span");
        cell.textContent = text;
        cell.title = text;
        row.append(cell);
      }
      return row;
    });
    box.replaceChildren(spacer, ...rows);
  }
  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = data.map((_, index) => index).filter((index) => words.every((word) => haystack[index].includes(word)));
    count.textContent = `${found.length} of ${data.length} events`;
    box.scrollTop = 0;
    render();
  }
  search.addEventListener("input", filter);
  box.addEventListener("scroll", () => requestAnimationFrame(render));
  new ResizeObserver(render).observe(box);
  filter();
})();
