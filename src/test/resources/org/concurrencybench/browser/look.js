// Looks at a page as it is laid out. An expression: its value is what was seen.
(() => {
  'use strict';
  const shown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});

  // The part of a box that its ancestors let through, or nothing.
  const clipped = (box, element) => {
    let {left, top, right, bottom} = box;
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (up.tagName !== 'tspan' && (style.overflowX !== 'visible' || style.clipPath.startsWith('inset'))
          && !(up instanceof SVGElement && !(up instanceof SVGSVGElement))) {
        const around = up.getBoundingClientRect();
        left = Math.max(left, around.left);
        right = Math.min(right, around.right);
        top = Math.max(top, around.top);
        bottom = Math.min(bottom, around.bottom);
        if (style.clipPath.startsWith('inset(50%')) {
          return null;
        }
      }
    }
    return right - left > 1 && bottom - top > 1 ? {left, top, right, bottom} : null;
  };

  const words = text => text.trim().replace(/\s+/g, ' ').slice(0, 60);

  // One box for each line of each text.
  const lines = [];
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || ['STYLE', 'SCRIPT', 'title', 'desc'].includes(element.tagName) || !shown(element)) {
      continue;
    }
    texts.push({node, element});
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const box = clipped(rect, element);
      if (box) {
        // A line's box is higher than its letters, and those of neighbouring lines share that room.
        const spare = (rect.bottom - rect.top) * 0.2;
        lines.push({node, element, left: box.left + 0.75, right: box.right - 0.75,
          top: Math.max(box.top, rect.top + spare), bottom: Math.min(box.bottom, rect.bottom - spare)});
      }
    }
  }

  const overlaps = [];
  lines.sort((a, b) => a.top - b.top);
  for (let i = 0; i < lines.length; i++) {
    const one = lines[i];
    for (let j = i + 1; j < lines.length && lines[j].top < one.bottom; j++) {
      const other = lines[j];
      if (one.node !== other.node && one.left < other.right && other.left < one.right) {
        overlaps.push(`'${words(one.node.data)}' and '${words(other.node.data)}' at `
          + `${Math.round(other.left)},${Math.round(other.top + scrollY)}`);
      }
    }
  }

  const cutOff = [];
  let smallest = Infinity;
  for (const {node, element} of texts) {
    const picture = element.closest('svg');
    if (picture) {
      const inner = element.getBoundingClientRect();
      const outer = picture.getBoundingClientRect();
      if (inner.left < outer.left - 1 || inner.right > outer.right + 1
          || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1) {
        cutOff.push(words(node.data));
      }
      const scale = Math.min(outer.width / picture.viewBox.baseVal.width,
        outer.height / picture.viewBox.baseVal.height);
      smallest = Math.min(smallest, parseFloat(getComputedStyle(element).fontSize) * scale);
    }
  }

  // Contrast as WCAG 2.2 reckons it.
  const rgba = text => {
    const canvas = rgba.canvas ??= new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = colour => colour.slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = element => {
    for (let up = element; up; up = up.parentElement) {
      const colour = rgba(getComputedStyle(up).backgroundColor);
      if (colour[3] === 255) {
        return colour;
      }
    }
    return [255, 255, 255, 255];
  };
  const over = (front, back, share) => front.map((part, i) => i < 3 ? part * share + back[i] * (1 - share) : 255);
  // What was painted in a picture before a text, at the text's middle.
  const painted = new Map();
  const behindDrawn = element => {
    const picture = element.closest('svg');
    if (!painted.has(picture)) {
      painted.set(picture, [...picture.querySelectorAll('rect')].map(rect => {
        const style = getComputedStyle(rect);
        return {rect, box: rect.getBoundingClientRect(), fill: style.fill, share: parseFloat(style.fillOpacity)};
      }).filter(({fill}) => fill !== 'none').map(all => ({...all, colour: rgba(all.fill)})));
    }
    const box = element.getBoundingClientRect();
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    return painted.get(picture)
      .filter(({rect, box}) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom
        && rect.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)
      .reduce((back, {colour, share}) => over(colour, back, share), behind(picture));
  };
  const tooPale = [];
  const judged = new Set();
  for (const {node, element} of texts) {
    const style = getComputedStyle(element);
    const drawn = element instanceof SVGElement;
    const back = drawn ? behindDrawn(element) : behind(element);
    const front = drawn ? over(rgba(style.fill), back, parseFloat(style.fillOpacity)) : rgba(style.color);
    const key = `${front} on ${back}`;
    if (!judged.has(key) && contrast(front, back) < 4.5) {
      tooPale.push(`'${words(node.data)}': ${key}, ${contrast(front, back).toFixed(2)}`);
    }
    judged.add(key);
  }

  const charts = [...document.querySelectorAll('figure')]
    .filter(figure => [...figure.querySelectorAll('svg')]
      .some(svg => shown(svg) && svg.getBoundingClientRect().width > 100 && svg.querySelector('text')))
    .map(figure => figure.id.replace(/^chart-/, ''));
  const paper = document.querySelector('figure svg rect');
  return {
    overlaps, cutOff, tooPale, charts,
    smallest: Number.isFinite(smallest) ? smallest : 0,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    background: getComputedStyle(document.body).backgroundColor,
    chartBackground: paper ? getComputedStyle(paper).fill : '',
    brokenLinks: [...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))
      .filter(href => !href.startsWith('#') || !document.getElementById(decodeURIComponent(href.slice(1)))),
  };
})()
