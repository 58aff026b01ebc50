/// The style and the script of the HTML report; `scripts/generate-page-assets` writes them from `Assets/`.
// swift-format-ignore
enum PageAssets {
  /// The style sheet.
  static let style = ##"""
    :root {
      color-scheme: light dark;
      --page: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
      --bad: #b42318; --bad-soft: #fde4e1; --warn: #7a4d00; --warn-soft: #fff3d1; --good: #116329; --good-soft: #dafbe1;
      --info: #0550ae; --info-soft: #ddf4ff; --critical: #cf222e; --slack: #8c959f;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --line: #3d444d; --panel: #161b22;
        --bad: #ff9a91; --bad-soft: #4a1613; --warn: #f2cc60; --warn-soft: #3d2e00; --good: #6fdd8b; --good-soft: #0f3d1c;
        --info: #79c0ff; --info-soft: #0c2d56; --critical: #ff7b72; --slack: #6e7681;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 76rem; padding: 1.2rem 1.5rem 4rem; background: var(--page); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    h1 { font-size: 1.7rem; line-height: 1.25; margin: .4rem 0; }
    h2 { font-size: 1.35rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
    h3 { font-size: 1.05rem; margin: 1.6rem 0 .5rem; }
    a { color: var(--info); }
    code, pre, .mono { font: .86em/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; margin: .4rem 0;
      overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
    table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
    th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
    th { font-weight: 600; color: var(--soft); }
    .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .nowrap { white-space: nowrap; }
    .soft { color: var(--soft); }
    .badge { display: inline-block; border-radius: 1rem; padding: .05rem .65rem; font-size: .82rem; font-weight: 600;
      border: 1px solid currentColor; margin-right: .35rem; }
    .badge.critical, .badge.ongoing, .badge.outage { color: var(--bad); background: var(--bad-soft); }
    .badge.warning, .badge.degraded { color: var(--warn); background: var(--warn-soft); }
    .badge.info, .badge.recovered, .badge.unknown { color: var(--info); background: var(--info-soft); }
    .badge.resolved, .badge.healthy { color: var(--good); background: var(--good-soft); }
    .answers { border: 1px solid var(--line); border-left: 6px solid var(--critical); border-radius: 6px; background: var(--panel); margin: 1rem 0; }
    .answers.resolved { border-left-color: var(--good); }
    .answers.degraded { border-left-color: var(--warn); }
    .answers dl { display: grid; grid-template-columns: minmax(8rem, 11rem) 1fr; margin: 0; }
    .answers dt { font-weight: 600; padding: .5rem .9rem; color: var(--soft); }
    .answers dd { margin: 0; padding: .5rem .9rem .5rem 0; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem; z-index: 9; }
    :focus-visible { outline: 3px solid var(--info); outline-offset: 2px; }
    button, input { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .7rem; }
    button { cursor: pointer; }
    .command { position: relative; }
    .command button { position: absolute; top: .35rem; right: .35rem; font-size: .8rem; padding: .1rem .55rem; }
    .command pre { padding-right: 5rem; }
    .finding { border-left: 4px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: .8rem 0; }
    .finding.critical { border-color: var(--critical); } .finding.warning { border-color: var(--warn); } .finding.info { border-color: var(--info); }
    .finding p { margin: .15rem 0; }
    .remedy { border: 1px solid var(--line); border-radius: 6px; padding: .6rem .9rem; margin: .8rem 0; }
    .remedy p, .remedy ul { margin: .3rem 0; }
    .risk { color: var(--bad); font-weight: 600; }
    details { margin: .6rem 0; } summary { cursor: pointer; font-weight: 600; }
    article + article { border-top: 3px solid var(--line); margin-top: 3rem; padding-top: 1rem; }
    header table { margin-bottom: 2rem; }
    .chart { border: 1px solid var(--line); border-radius: 6px; background: var(--panel); padding: .5rem; }
    .chart .plot { overflow-x: auto; }
    .chart svg { display: block; width: 100%; min-width: 46rem; height: auto; user-select: none; touch-action: pan-y; }
    .chart text { fill: var(--ink); font: 12px system-ui, sans-serif; }
    .chart .note { paint-order: stroke; stroke: var(--panel); stroke-width: 3px; stroke-linejoin: round; }
    .chart .axis { fill: var(--soft); } .chart .grid { stroke: var(--line); } .chart .lane { stroke: var(--line); }
    .chart .name { font-weight: 600; }
    .chart .outage { stroke: var(--critical); stroke-dasharray: 4 3; }
    .chart .readonly { stroke: var(--warn); stroke-dasharray: 2 3; }
    .hatch { stroke: var(--critical); } .dots { fill: var(--warn); }
    .chart .phase { fill: var(--info-soft); stroke: var(--info); } .chart .phase.path { fill: var(--bad-soft); stroke: var(--critical); stroke-width: 2; }
    .chart .slack { fill: none; stroke: var(--slack); stroke-dasharray: 3 3; }
    .chart .mark path { fill: var(--page); stroke: var(--ink); stroke-width: 1.5; } .chart .mark.turn path { fill: var(--ink); }
    .chart .mark.bad path { fill: var(--critical); stroke: var(--critical); }
    .chart .mark.good path { fill: var(--good); stroke: var(--good); }
    .chart .whisker { stroke: var(--soft); }
    .chart .success { stroke: var(--good); } .chart .failure { stroke: var(--critical); stroke-width: 2; }
    .chart [tabindex]:focus { outline: none; } .chart [tabindex]:focus path { stroke: var(--info); stroke-width: 4; }
    .tools { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: .4rem; align-items: center; }
    .waterfall svg { display: block; width: 100%; height: auto; }
    .waterfall rect { fill: var(--critical); } .waterfall .track { fill: var(--line); }
    .evidence-panel { min-height: 4.5rem; border-top: 1px solid var(--line); margin-top: .5rem; padding: .4rem .3rem 0; }
    .legend { font-size: .85rem; color: var(--soft); margin: .3rem 0 0; }
    .scroller { height: 26rem; overflow-y: auto; border: 1px solid var(--line); border-radius: 6px; position: relative; }
    .scroller .row { position: absolute; left: 0; right: 0; height: 24px; display: grid; grid-template-columns: 12.5rem 9rem 1fr; gap: .6rem;
      padding: 0 .6rem; white-space: nowrap; overflow: hidden; font: 13px/24px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .scroller .row > * { overflow: hidden; text-overflow: ellipsis; } .scroller .row[aria-selected=true] { background: var(--info-soft); }
    .requires-script { display: none; } .scripted .requires-script { display: block; } .scripted .tools.requires-script { display: flex; }
    @media (max-width: 45rem) { .answers dl { grid-template-columns: 1fr; } .answers dt { padding-bottom: 0; } .answers dd { padding-left: .9rem; } }
    @media print {
      body { max-width: none; padding: 0; font-size: 11pt; } .requires-script, .scripted .requires-script, .scripted .tools.requires-script, .command button { display: none; }
      .chart svg { min-width: 0; }
      details > *:not(summary) { display: block; } h2, h3 { break-after: avoid; } .remedy, .finding, .answers, .chart { break-inside: avoid; }
    }
    """##

  /// The SHA-256 of the style between two line breaks, in Base64.
  static let styleHash = "ZZCCcsnPWbyZNV4DfXVAUsFq7EFP0mwwheAhymsD53I="

  /// The script: zoom, evidence, search, copy buttons.
  static let script = ##"""
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
    """##

  /// The SHA-256 of the script between two line breaks, in Base64.
  static let scriptHash = "j0306xPcYgl6zLa2kDEkfRZHH+gRHmb/idFfpvfkdSw="
}
