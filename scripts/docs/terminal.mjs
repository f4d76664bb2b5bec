/** A terminal's output as SVG: what a command prints, in its colours, without a screenshot that grows stale. */
const COLUMN = 8.4;
const LINE = 19;
const MARGIN = 16;
const CLASSES = { 1: 'b', 2: 'd', 31: 'r', 32: 'g', 33: 'y', 34: 'u' };
const STYLE = 'text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#d7dae0;white-space:pre}.b{font-weight:700;fill:#fff}.d{fill:#7f8794}.r{fill:#ff7b72}.g{fill:#7ee787}.y{fill:#e3b341}.u{fill:#79c0ff}';

/** @param text output with SGR sequences @param columns longer lines go on in the next, as in a terminal */
export function terminalSvg(text, columns) {
  const lines = text.trimEnd().split('\n').flatMap((line) => rowsOf(line, columns));
  const [width, height] = [Math.round(columns * COLUMN) + 2 * MARGIN, lines.length * LINE + 2 * MARGIN];
  const rows = lines.map((parts, index) => `<text x="${MARGIN}" y="${MARGIN + 14 + index * LINE}">${parts.map(span).join('')}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><style>${STYLE}</style><rect width="100%" height="100%" rx="8" fill="#161b22"/>\n${rows.join('\n')}\n</svg>\n`;
}

function rowsOf(line, columns) {
  const rows = [[]];
  let classes = [];
  let column = 0;
  for (const piece of line.split(/(\u001b\[\d+m)/)) {
    const code = /^\u001b\[(\d+)m$/.exec(piece)?.[1];
    if (code !== undefined) classes = changed(classes, code);
    else
      for (const character of piece) {
        if (column === columns) {
          rows.push([]);
          column = 0;
        }
        const last = rows.at(-1).at(-1);
        if (last?.classes === classes) last.text += character;
        else rows.at(-1).push({ classes, text: character });
        column += 1;
      }
  }
  return rows;
}

/** 22 ends bold and dim, 39 a colour. */
function changed(classes, code) {
  if (code === '22') return classes.filter((one) => !['b', 'd'].includes(one));
  if (code === '39') return classes.filter((one) => ['b', 'd'].includes(one));
  return [...classes, CLASSES[code]];
}

function span({ classes, text }) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return classes.length === 0 ? escaped : `<tspan class="${classes.join(' ')}">${escaped}</tspan>`;
}
