// Draws the marks of one picture over it. The picture is `source` (base64), `width` by `height` CSS pixels of `scale`
// device pixels; each mark has kind, box ([x, y, width, height]), number and text; nothing is laid over `clear`. The rest is dimmed a little; a
// callout looks for the emptiest place near its target, inside the picture and clear of all targets and other
// callouts. Words to read (isWords) are underlined: nothing touches them. A picture as narrow as a phone has no room for
// callouts: its marks have only signs, explained in a key below the picture.
// Nothing is ever shown: we measure the marks as SVG and paint them on a canvas, which takes half as long as
// showing picture and marks and taking a screenshot.
// Returns the boxes of everything drawn over the picture (lines as a row of small ones) and the marked picture with its
// key as PNG (base64); null if a callout or a sign doesn't fit.
async ({ source, width, height, scale, marks, dark, clear, controls }) => {
  const NS = 'http://www.w3.org/2000/svg';
  const INK = { box: dark ? '#ffa94d' : '#b83207', danger: dark ? '#ff8787' : '#9d0b1e' };
  const HALO = dark ? '#10151c' : '#ffffff';
  const PAPER = dark ? '#1b222c' : '#ffffff';
  const WORDS = dark ? '#f4f6f8' : '#1d242d';
  const svg = document.getElementById('marks');
  // Use the browser's own if it has one: letter by letter this takes as long as all the drawing.
  const bytes = Uint8Array.fromBase64?.(source) ?? Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  svg.setAttribute('width', width);
  svg.setAttribute('height', height);
  svg.replaceChildren();
  const drawn = [];
  const note = (x, y, w, h) => drawn.push([x, y, w, h]);
  const draw = (name, attributes, parent = svg) => {
    const el = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) el.setAttribute(key, value);
    parent.append(el);
    return el;
  };

  // --- how busy each part of the picture is ------------------------------------------------------------------
  const CELL = 8;
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const canvas = new OffscreenCanvas(columns * 4, rows * 4);
  const paint = canvas.getContext('2d', { willReadFrequently: true });
  paint.drawImage(picture, 0, 0, columns * 4, rows * 4);
  const pixels = paint.getImageData(0, 0, columns * 4, rows * 4).data;
  const light = (x, y) => {
    const at = (y * columns * 4 + x) * 4;
    return (pixels[at] * 3 + pixels[at + 1] * 6 + pixels[at + 2]) / 2550;
  };
  // The cost of covering a cell, by what is in it: nothing, a line or an edge, or letters. Letters change
  // along a row and down a column, a line only in one of them.
  const EDGE = 1;
  const LETTERS = 12;
  const busy = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let across = 0;
      let down = 0;
      for (let y = row * 4; y < row * 4 + 4; y += 1) {
        for (let x = column * 4; x < column * 4 + 4; x += 1) {
          if (x % 4) across = Math.max(across, Math.abs(light(x, y) - light(x - 1, y)));
          if (y % 4) down = Math.max(down, Math.abs(light(x, y) - light(x, y - 1)));
        }
      }
      if (Math.min(across, down) > 0.08) busy[row * columns + column] = LETTERS;
      else if (Math.max(across, down) > 0.04) busy[row * columns + column] = EDGE;
    }
  }
  // Another control costs as much as letters, however empty it is: "press here" on it would seem to mean it.
  const isApart = ([x, y, w, h]) => ({ box: [left, top, wide, high] }) => left + wide <= x || x + w <= left
    || top + high <= y || y + h <= top;
  for (const control of controls.filter((box) => marks.every(isApart(box)))) {
    const [x, y, w, h] = control.map((side) => side / CELL);
    for (let row = Math.max(0, Math.floor(y)); row < Math.min(rows, y + h); row += 1) {
      busy.fill(LETTERS, row * columns + Math.max(0, Math.floor(x)), row * columns + Math.min(columns, Math.ceil(x + w)));
    }
  }
  const business = (x, y, w, h, most = LETTERS) => {
    let sum = 0;
    for (let row = Math.max(0, Math.floor(y / CELL)); row <= Math.min(rows - 1, Math.floor((y + h) / CELL)); row += 1) {
      for (let column = Math.max(0, Math.floor(x / CELL)); column <= Math.min(columns - 1, Math.floor((x + w) / CELL)); column += 1) {
        sum += Math.min(busy[row * columns + column], most);
      }
    }
    return sum;
  };

  // --- the ring around each target ----------------------------------------------------------------------------
  const GAP = 6;
  const rings = marks.map(({ box: [x, y, w, h], isWords }) => {
    // A link in the middle of a line has other words close by.
    const room = h < 26 ? 3 : GAP;
    const side = isWords ? 2 : room;
    const left = Math.max(3, x - side);
    const top = Math.max(3, y - side);
    return {
      left,
      top,
      width: Math.min(width - 3, x + w + side) - left,
      height: Math.min(height - 3, y + h + (isWords ? GAP : room)) - top,
      round: isWords ? 2 : 9,
    };
  });
  const hole = ({ left, top, width: w, height: h, round }) => {
    const r = Math.min(round, w / 2, h / 2);
    return `M${left + r},${top}h${w - 2 * r}a${r},${r} 0 0 1 ${r},${r}v${h - 2 * r}a${r},${r} 0 0 1 ${-r},${r}`
      + `h${2 * r - w}a${r},${r} 0 0 1 ${-r},${-r}v${2 * r - h}a${r},${r} 0 0 1 ${r},${-r}z`;
  };
  if (marks.length) {
    draw('path', {
      d: `M0,0H${width}V${height}H0z${rings.map(hole).join('')}`, 'fill-rule': 'evenodd',
      fill: dark ? '#000' : '#1d2a3a', 'fill-opacity': dark ? 0.28 : 0.13,
    });
  }
  rings.forEach((ring, which) => {
    const { kind, isWords, box: [x, , w] } = marks[which];
    if (isWords) {
      const y = ring.top + ring.height - 1;
      for (const [stroke, wide] of [[HALO, 7], [INK[kind], 3.5]]) {
        draw('line', { x1: x, y1: y, x2: x + w, y2: y, stroke, 'stroke-width': wide, 'stroke-linecap': 'round' });
      }
      note(x - 3, y - 3.5, w + 6, 7);
      return;
    }
    note(ring.left - 4, ring.top - 4, ring.width + 8, 8);
    note(ring.left - 4, ring.top + ring.height - 4, ring.width + 8, 8);
    note(ring.left - 4, ring.top - 4, 8, ring.height + 8);
    note(ring.left + ring.width - 4, ring.top - 4, 8, ring.height + 8);
    const box = { x: ring.left, y: ring.top, width: ring.width, height: ring.height, rx: 9, fill: 'none' };
    draw('rect', { ...box, stroke: HALO, 'stroke-width': 7 });
    draw('rect', { ...box, stroke: INK[kind], 'stroke-width': 3.5, ...(kind === 'danger' ? { 'stroke-dasharray': '10 5' } : {}) });
  });

  // --- callouts ------------------------------------------------------------------------------------------------
  const hasKey = width < 600;
  const SIZE = 16;
  const PAD = 11;
  const LINE = 21;
  const SIGN = hasKey ? 12 : 14;
  const INSET = 2 * SIGN + 8;
  const widest = hasKey ? width : 300;
  const broken = (text) => {
    const probe = draw('text', { visibility: 'hidden' });
    const texts = [];
    let line = '';
    for (const word of text.split(' ')) {
      probe.textContent = line ? `${line} ${word}` : word;
      if (line && probe.getComputedTextLength() > widest - 2 * PAD - INSET) { texts.push(line); line = word; } else line = probe.textContent;
    }
    texts.push(line);
    const long = Math.max(...texts.map((part) => { probe.textContent = part; return probe.getComputedTextLength(); }));
    probe.remove();
    return { rows: texts, long };
  };
  const overlap = (a, b, room) => Math.max(0, Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left) + room)
    * Math.max(0, Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top) + room) > 0
    && a.left < b.left + b.width + room && b.left < a.left + a.width + room
    && a.top < b.top + b.height + room && b.top < a.top + a.height + room;
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  // The line from a callout to its ring: from edge to edge, straight where it can be.
  const leader = (spot, ring) => {
    const span = (from, size, other, otherSize) => {
      const low = Math.max(from + 10, other + 10);
      const high = Math.min(from + size - 10, other + otherSize - 10);
      return low <= high ? [(low + high) / 2, (low + high) / 2] : null;
    };
    const across = span(spot.left, spot.width, ring.left, ring.width);
    const down = span(spot.top, spot.height, ring.top, ring.height);
    const sides = {
      x: spot.left + spot.width < ring.left ? [spot.left + spot.width, ring.left] : [spot.left, ring.left + ring.width],
      y: spot.top + spot.height < ring.top ? [spot.top + spot.height, ring.top] : [spot.top, ring.top + ring.height],
    };
    const [x1, x2] = across ?? sides.x;
    const [y1, y2] = across ? sides.y : down ?? sides.y;
    return { x1, y1, x2, y2 };
  };
  const along = ({ x1, y1, x2, y2 }) => {
    const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / CELL));
    return Array.from({ length: steps + 1 }, (_, at) => [x1 + ((x2 - x1) * at) / steps, y1 + ((y2 - y1) * at) / steps]);
  };
  const isIn = (x, y, box, room) => x > box.left - room && x < box.left + box.width + room
    && y > box.top - room && y < box.top + box.height + room;
  const placed = clear ? [{ left: clear[0], top: clear[1], width: clear[2], height: clear[3] }] : [];
  const lines = [];
  const place = (ring, w, h) => near(ring, w, h, 260, 10, false) ?? near(ring, w, h, 700, 4, false)
    ?? near(ring, w, h, 1400, 4, true);
  // Where along its ring a callout can be, and what a covered or crossed edge costs compared with a pixel of distance.
  const SHIFTS = [0.5, 0.15, 0.85, 0.3, 0.7, 0, 1];
  const COVERED = 4;
  const near = (ring, w, h, furthest, room, mayCross) => {
    let best = null;
    const others = rings.filter((other) => other !== ring);
    for (let distance = 22; distance <= furthest; distance += 14) {
      const spots = [];
      for (const shift of SHIFTS) {
        const left = ring.left + (ring.width - w) * shift;
        const top = ring.top + (ring.height - h) * shift;
        spots.push([ring.left + ring.width + distance, top], [ring.left - w - distance, top],
          [left, ring.top + ring.height + distance], [left, ring.top - h - distance]);
      }
      for (const left of [ring.left + ring.width - 30, ring.left - w + 30]) {
        spots.push([left, ring.top + ring.height + distance], [left, ring.top - h - distance]);
      }
      for (const [x, y] of spots) {
        const spot = { left: Math.min(Math.max(x, 8), width - w - 8), top: Math.min(Math.max(y, 8), height - h - 8), width: w, height: h };
        if (overlap(spot, ring, room + 6)) continue;
        if ([...others, ...placed].some((other) => overlap(spot, other, room))) continue;
        const line = along(leader(spot, ring));
        if (!mayCross && line.some(([lx, ly]) => [...others, ...placed].some((other) => isIn(lx, ly, other, 5)))) continue;
        if (!mayCross && lines.some((other) => other.some(([lx, ly]) => isIn(lx, ly, spot, 6)))) continue;
        const crossed = line.reduce((sum, [lx, ly]) => sum + business(lx - 3, ly - 3, 6, 6), 0);
        const covered = business(spot.left - 4, spot.top - 4, w + 8, h + 8) + crossed;
        const cost = covered * COVERED + distance * 0.9 + (Math.abs(spot.left - x) + Math.abs(spot.top - y)) * 0.2;
        if (!best || cost < best.cost) best = { ...spot, cost, line };
      }
    }
    return best;
  };
  const badge = (x, y, number, kind) => {
    draw('circle', { cx: x, cy: y, r: SIGN, fill: INK[kind], stroke: HALO, 'stroke-width': 2 });
    const text = draw('text', { x, y: y + SIZE * 0.35, 'text-anchor': 'middle', fill: dark ? '#10151c' : '#fff' });
    text.textContent = String(number);
  };
  const cross = (x, y) => {
    draw('circle', { cx: x, cy: y, r: SIGN, fill: INK.danger, stroke: HALO, 'stroke-width': 2 });
    draw('path', { d: `M${x - SIGN * 0.36},${y - SIGN * 0.36}l${SIGN * 0.72},${SIGN * 0.72}m0,${-SIGN * 0.72}l${-SIGN * 0.72},${SIGN * 0.72}`, stroke: dark ? '#10151c' : '#fff', 'stroke-width': 3.2, 'stroke-linecap': 'round' });
  };
  // For a mark without a number: it belongs to a line of the key, not of the list next to the picture.
  const arrow = (x, y) => {
    draw('circle', { cx: x, cy: y, r: SIGN, fill: INK.box, stroke: HALO, 'stroke-width': 2 });
    draw('path', { d: `M${x - SIGN * 0.3},${y - SIGN * 0.5}v${SIGN}l${SIGN * 0.8},${-SIGN * 0.5}z`, fill: dark ? '#10151c' : '#fff' });
  };
  const sign = (x, y, mark) => {
    if (mark.kind === 'danger') cross(x, y);
    else if (mark.number) badge(x, y, mark.number, mark.kind);
    else arrow(x, y);
  };
  const hasSign = (mark) => mark.kind === 'danger' || mark.number > 0 || (hasKey && mark.text !== '');

  const callouts = marks.map((mark, which) => {
    if (!mark.text || hasKey) return null;
    const { rows: texts, long } = broken(mark.text);
    const inset = hasSign(mark) ? INSET : 0;
    const w = Math.ceil(long + 2 * PAD + inset);
    const h = Math.max(texts.length * LINE + 2 * PAD - 4, hasSign(mark) ? 2 * SIGN + 2 * PAD - 8 : 0);
    const spot = place(rings[which], w, h);
    if (spot) {
      placed.push(spot);
      lines.push(spot.line);
    }
    return spot && { spot, texts, inset };
  });
  // Lines first, so that no line runs over a callout.
  callouts.forEach((callout, which) => {
    if (!callout) return;
    const ring = rings[which];
    const { spot } = callout;
    const { x1, y1, x2, y2 } = leader(spot, ring);
    const [start, end] = [[x1, y1], [x2, y2]];
    const angle = Math.atan2(end[1] - start[1], end[0] - start[0]);
    const tip = [end[0] - Math.cos(angle) * 4, end[1] - Math.sin(angle) * 4];
    const back = [tip[0] - Math.cos(angle) * 11, tip[1] - Math.sin(angle) * 11];
    const wing = [Math.sin(angle) * 6.5, -Math.cos(angle) * 6.5];
    const ink = INK[marks[which].kind];
    const line = { x1: start[0], y1: start[1], x2: back[0], y2: back[1], 'stroke-linecap': 'round' };
    draw('line', { ...line, stroke: HALO, 'stroke-width': 7 });
    draw('line', { ...line, stroke: ink, 'stroke-width': 3 });
    draw('path', {
      d: `M${tip}L${back[0] + wing[0]},${back[1] + wing[1]}L${back[0] - wing[0]},${back[1] - wing[1]}z`,
      fill: ink, stroke: HALO, 'stroke-width': 1.5, 'paint-order': 'stroke',
    });
  });
  const signs = [];
  const isSigned = callouts.map((callout, which) => {
    const mark = marks[which];
    // A callout shows the number and points at its target.
    if (hasSign(mark) && (!callout || mark.kind === 'danger')) {
      const [left, top, w, h] = mark.box;
      // Far enough out to leave the target's own words alone.
      const out = mark.isWords ? SIGN + 4 : SIGN * 0.8;
      const spots = [[left - out, top - out], [left + w + out, top - out], [left - out, top + h + out],
        [left + w + out, top + h + out], [left - SIGN - 10, top + h / 2], [left + w + SIGN + 10, top + h / 2]]
        .map(([x, y]) => [clamp(x, 16, width - 16), clamp(y, 16, height - 16)])
        .filter(([x, y]) => !signs.some(([sx, sy]) => Math.hypot(sx - x, sy - y) < 2 * SIGN + 3))
        .filter(([x, y]) => !lines.some((other) => other.some(([lx, ly]) => Math.hypot(lx - x, ly - y) < 18)))
        .filter(([x, y]) => ![...marks.map(({ box: [l, t, bw, bh] }) => ({ left: l, top: t, width: bw, height: bh })), ...placed]
          .some((other) => isIn(x, y, other, SIGN * 0.78)));
      if (!spots.length) return false;
      const busyAt = ([x, y]) => business(x - 12, y - 12, 24, 24, EDGE);
      const [x, y] = spots.reduce((best, spot) => (busyAt(spot) < busyAt(best) - 1 ? spot : best), spots[0]);
      note(x - SIGN - 1, y - SIGN - 1, 2 * SIGN + 2, 2 * SIGN + 2);
      sign(x, y, mark);
      signs.push([x, y]);
    }
    if (!callout) return hasKey || !mark.text;
    const { spot, texts, inset } = callout;
    note(spot.left - 3, spot.top - 3, spot.width + 6, spot.height + 6);
    for (const [x, y] of along(leader(spot, rings[which])).slice(0, -1)) note(x - 3, y - 3, 6, 6);
    draw('rect', { x: spot.left, y: spot.top, width: spot.width, height: spot.height, rx: 8, fill: PAPER, stroke: HALO, 'stroke-width': 6 });
    draw('rect', { x: spot.left, y: spot.top, width: spot.width, height: spot.height, rx: 8, fill: PAPER, stroke: INK[mark.kind], 'stroke-width': 2 });
    if (inset) sign(spot.left + PAD + SIGN - 2, spot.top + spot.height / 2, mark);
    texts.forEach((line, at) => {
      const text = draw('text', { x: spot.left + PAD + inset, y: spot.top + (spot.height - texts.length * LINE) / 2 + at * LINE + LINE * 0.76, fill: WORDS });
      text.textContent = line;
    });
    return true;
  });
  if (!isSigned.every(Boolean)) return null;

  // --- the key ---------------------------------------------------------------------------------------------------
  const told = hasKey ? marks.filter((mark) => mark.text) : [];
  const ground = told.length && draw('rect', { x: 0, y: height, width, fill: PAPER });
  let bottom = height + (told.length ? PAD : 0);
  for (const mark of told) {
    const { rows: texts } = broken(mark.text);
    const high = Math.max(texts.length * LINE, 2 * SIGN);
    sign(PAD + SIGN, bottom + high / 2, mark);
    texts.forEach((line, at) => {
      const text = draw('text', { x: PAD + INSET, y: bottom + (high - texts.length * LINE) / 2 + at * LINE + LINE * 0.76, fill: WORDS });
      text.textContent = line;
    });
    bottom += high + PAD;
  }
  if (told.length) ground.setAttribute('height', bottom - height);
  svg.setAttribute('height', bottom);

  // --- painted ---------------------------------------------------------------------------------------------------
  const alone = svg.cloneNode(true);
  alone.setAttribute('style', `font: ${getComputedStyle(svg).font}`);
  alone.setAttribute('viewBox', `0 0 ${width} ${bottom}`);
  alone.setAttribute('width', width * scale);
  alone.setAttribute('height', bottom * scale);
  const over = new Image();
  over.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(alone))}`;
  await over.decode();
  const sheet = new OffscreenCanvas(Math.round(width * scale), Math.round(bottom * scale));
  const brush = sheet.getContext('2d', { alpha: false, willReadFrequently: true });
  brush.drawImage(picture, 0, 0);
  brush.drawImage(over, 0, 0);
  picture.close();
  const reader = new FileReader();
  const isRead = new Promise((done) => { reader.onload = done; });
  reader.readAsDataURL(await sheet.convertToBlob({ type: 'image/png' }));
  await isRead;
  return { drawn, png: reader.result.slice(reader.result.indexOf(',') + 1) };
}
