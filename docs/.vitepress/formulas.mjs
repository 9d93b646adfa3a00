/**
 * Formulas of docstrings, typeset. In a docstring a formula is an indented block in the notation of an editor,
 *
 *     1/2 mean (D(x) - 1)^2 + fakeWeight mean D(G(z))^2
 *
 * which every editor shows as it is written; here it becomes TeX. `a / b` is a fraction of what stands on both sides, `_` and `^` are
 * below and above, `mean over i of` and `sum over i of` have below what stands between; Greek letters are spelled out, words
 * are text, and names of options stay as they are. Two spaces part columns: formulas side by side, or, where all lines have
 * them, a table whose first column says what each formula is of. A line that is indented further goes on with the one above it.
 */

const greek = new Set(
  'alpha beta gamma delta epsilon eta theta kappa lambda mu nu xi pi rho sigma tau phi psi Phi Psi Sigma'.split(
    ' ',
  ),
);
const ofTex = new Set('max min log exp sin cos'.split(' '));
const operators = new Set('mean softplus sigmoid std var clip sign KL tr cov'.split(' '));
const signs = {
  '<-': '\\leftarrow ',
  '->': '\\rightarrow ',
  '<=': '\\le ',
  '>=': '\\ge ',
  '!=': '\\ne ',
  '||': '\\,\\Vert\\, ',
  '*': '\\cdot ',
  '.': '\\cdot ',
  '<': '<',
  ',': ', ',
};
const closing = { '(': ')', '[': ']', '{': '}' };

const token =
  /\s*(?:(?<code>`[^`]*`)|(?<number>\d+(?:\.\d+)?(?:e-?\d+)?)|(?<word>[A-Za-z]{2,}(?:['-][A-Za-z]{2,}|'s?)+|[A-Za-z]+\d*)|(?<sign><-|->|<=|>=|!=|\|\||\S))/y;

/** @returns {{ kind: string; text: string; spaced: boolean }[]} */
function tokensOf(text) {
  const tokens = [];
  token.lastIndex = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [kind, value] = Object.entries(found.groups).find(([, group]) => group !== undefined);
    tokens.push({ kind, text: value, spaced: /^\s/.test(found[0]) });
  }
  return tokens;
}

const isWord = ({ kind, text } = { kind: '', text: '' }) =>
  kind === 'word' &&
  text.length > 1 &&
  !/\d$|[a-z][A-Z]/.test(text) &&
  !/^d[a-zA-Z]$/.test(text) &&
  !['sum', 'sqrt', 'floor', 'integral'].includes(text) &&
  ![greek, ofTex, operators].some((set) => set.has(text));

class Parser {
  constructor(text) {
    this.tokens = tokensOf(text);
    this.at = 0;
  }

  get next() {
    return this.tokens[this.at];
  }

  is(text, offset = 0) {
    return this.tokens[this.at + offset]?.text === text;
  }

  /** The parts until one of `ends`, which is not taken, or until the end. */
  parts(ends = []) {
    const parts = [];
    while (this.next !== undefined && !ends.includes(this.next.text)) {
      if (this.is('/') && parts.length > 0) this.fraction(parts);
      else parts.push(this.operand());
    }
    return parts;
  }

  sequence(ends) {
    return texOfParts(this.parts(ends));
  }

  /** The last part over the next; a `d` before it belongs to it, and below a number goes on with a letter, `2 s^2`. */
  fraction(parts) {
    const numerator = parts.pop();
    const derivative = parts.at(-1)?.tex === 'd ' ? parts.pop().tex : '';
    const { spaced } = this.next;
    this.at++;
    const denominator = this.operand();
    const goesOn = denominator.number && /^[a-z]\d*$/.test(this.next?.text);
    const below = goesOn ? denominator.tex + this.operand().tex : (denominator.inside ?? denominator.tex);
    const command = !spaced && numerator.number && denominator.number ? 'tfrac' : 'frac';
    const above = derivative + (numerator.inside ?? numerator.tex);
    parts.push({ tex: `\\${command}{${trimmed(above)}}{${trimmed(below)}} ` });
  }

  /** A number, name, call or group, with what is below and above it. */
  operand() {
    const base = this.base();
    if (base.words !== undefined) return base;
    let { tex, inside } = base;
    while (this.is('_') || this.is('^')) {
      const mark = this.tokens[this.at++].text;
      tex = `${tex.trimEnd()}${mark}{${this.script()}}`;
      inside = undefined;
    }
    if (base.function && this.is('(') && !this.next.spaced) tex += this.operand().tex;
    return { ...base, tex: tex.endsWith(' ') ? tex : `${tex} `, inside };
  }

  script() {
    const { text } = this.next;
    if (text in closing) return this.group().inside;
    if (text === '-') {
      this.at++;
      return `-${this.base().tex}`;
    }
    this.at++;
    // `p_i|j`: i, given j.
    const after = this.tokens[this.at + 1];
    if (this.is('|') && !this.next.spaced && /^[a-z]$/.test(after?.text) && !after.spaced) {
      this.at += 2;
      return `${text}|${after.text}`;
    }
    if (greek.has(text)) return `\\${text}`;
    return /^[a-z]{3,}$/i.test(text) ? `\\text{${text}}` : text;
  }

  group() {
    const open = this.tokens[this.at++].text;
    const inside = this.sequence([')', ']', '}']);
    const close = this.tokens[this.at++]?.text;
    if (close === undefined) throw new Error(`${open} is not closed`);
    const [left, right] = /\\frac|\\sum|\\int/.test(inside) ? ['\\left', '\\right'] : ['', ''];
    return { tex: `${left}${open}${inside.trimEnd()}${right}${close}`, inside };
  }

  between(close, left, right) {
    this.at++;
    const inside = this.sequence([close]).trimEnd();
    if (this.next === undefined) throw new Error(`${close} is missing`);
    this.at++;
    return { tex: `${left}${inside}${right}` };
  }

  base() {
    const { kind, text } = this.next;
    const after = this.tokens[this.at + 1];
    if (text in closing) return this.group();
    // `p(y|x)`: of y, given x.
    if (
      text === '|' &&
      !this.next.spaced &&
      this.tokens[this.at - 1]?.kind === 'word' &&
      after?.kind === 'word'
    ) {
      this.at++;
      return { tex: '\\mid ' };
    }
    if (text === '|') return this.between('|', '\\left|', '\\right|');
    if (text === '<' && after !== undefined && !after.spaced)
      return this.between('>', '\\langle ', '\\rangle ');
    if (isWord(this.next)) return this.words();
    this.at++;
    if (kind === 'number') {
      const [, digits, power] = /^(.+?)(?:e(.+))?$/.exec(text);
      const scaled = digits === '1' ? `10^{${power}}` : `${digits} \\cdot 10^{${power}}`;
      return { tex: power === undefined ? text : scaled, number: true };
    }
    if (kind === 'code') return { tex: `\\texttt{${text.slice(1, -1)}}` };
    if (kind === 'sign') return { tex: signs[text] ?? text };
    return this.name(text);
  }

  name(text) {
    if (text === 'sum' || text === 'mean')
      return { tex: this.over(text === 'sum' ? '\\sum' : '\\operatorname*{mean}'), function: true };
    if (text === 'integral') {
      if (this.is('of')) this.at++;
      return { tex: '\\int ' };
    }
    if (text === 'sqrt' && this.is('(')) return { tex: `\\sqrt{${this.group().inside.trimEnd()}}` };
    if (text === 'floor' && this.is('(')) return { tex: `\\lfloor ${this.group().inside}\\rfloor ` };
    const [, letter, index] = /^([A-Za-z]+?)(\d*)$/.exec(text);
    const symbol = greek.has(letter) ? `\\${letter} ` : letter.length === 1 ? letter : undefined;
    if (symbol !== undefined) return { tex: index ? `${symbol}_{${index}}` : symbol, function: true };
    if (ofTex.has(text)) return { tex: `\\${text} `, function: true };
    if (operators.has(text)) return { tex: `\\operatorname{${text}}`, function: true };
    if (/^d[a-zA-Z]$/.test(text)) return { tex: `d${text[1]}` };
    return { tex: `\\mathit{${text}}\\,` };
  }

  /** `sum over i of` and `mean over i, j of`. */
  over(operator) {
    if (!this.is('over')) return operator;
    const end = this.tokens.findIndex(({ text }, i) => i > this.at && text === 'of');
    if (end < 0) return operator;
    const below = new Parser('');
    below.tokens = this.tokens.slice(this.at + 1, end);
    this.at = end + 1;
    return `${operator}_{${below.sequence()}}`;
  }

  /** Words that follow each other, with what is read as one among them. A single one before `(` is a function. */
  words() {
    const first = this.at;
    const called = this.tokens[first + 1];
    if (called?.text === '(' && !called.spaced) {
      this.at++;
      return { tex: `\\operatorname{${this.tokens[first].text}}`, function: true };
    }
    const words = [];
    do words.push(this.tokens[this.at++].text);
    while (isWord(this.next) || this.amongWords(words.at(-1)));
    return { words: words.join(' '), tex: `\\text{ ${words.join(' ')} }` };
  }

  /** The article in `and a code`, and `the mean`. */
  amongWords(before) {
    if (before === 'the') return this.is('mean') || this.is('sum');
    return this.is('a') && isWord(this.tokens[this.at + 1]);
  }
}

/** Without space at the edges of what words stand in. */
const trimmed = (tex) =>
  tex
    .replace(/(^|[[({])\\text\{ /g, '$1\\text{')
    .replace(/ \}(?=\s*$|\s*(?:\\right)?[\])}])/g, '}')
    .trim();

const texOfParts = (parts) => trimmed(parts.map(({ tex }) => tex).join(''));

const typeset = (text) => new Parser(text).sequence();

/**
 * What stands in a cell of a table, in pieces between which a line may end: words as text, and formulas.
 *
 * @returns {{ text?: string; tex?: string }[]}
 */
function segments(cell) {
  const found = [];
  let formula = [];
  const close = () => {
    if (formula.length > 0) found.push({ tex: `\\displaystyle ${texOfParts(formula)}` });
    formula = [];
  };
  for (const part of new Parser(cell).parts()) {
    if (part.words !== undefined) {
      close();
      const last = found.at(-1);
      if (last?.text?.endsWith(',')) last.text += ` ${part.words}`;
      else found.push({ text: part.words });
    } else if (part.tex === signs[','] && formula.length === 0 && found.at(-1)?.text !== undefined) {
      found.at(-1).text += ',';
    } else {
      // A line may end before a sign.
      if (formula.length > 0 && /^[+-] $/.test(part.tex)) close();
      formula.push(part);
    }
  }
  close();
  return found;
}

/** The lines of a block, without what all are indented by; with those that go on with the one above them marked. */
function rowsOf(block) {
  const lines = block.replace(/\s+$/, '').split('\n');
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => ({
    goesOn: /^\s/.test(line.slice(indent)),
    columns: line.trim().split(/\s{2,}/),
  }));
}

/**
 * An indented block of a docstring.
 *
 * @returns {{ tex: string } | { rows: { label: string; cells: { text?: string; tex?: string }[][] }[] }} TeX, or a table
 */
export function formulaOf(block) {
  const rows = rowsOf(block);
  if (rows.length > 1 && rows.every(({ goesOn, columns }) => goesOn || columns.length > 1)) {
    const whole = [];
    for (const { goesOn, columns } of rows)
      if (goesOn) whole.at(-1)[1] += ` ${columns.join(' ')}`;
      else whole.push(columns);
    return { rows: whole.map(([label, ...cells]) => ({ label, cells: cells.map(segments) })) };
  }
  const lines = rows.map(({ columns }) => columns.map(typeset).join(' \\qquad '));
  return { tex: lines.length === 1 ? lines[0] : `\\begin{aligned}& ${lines.join(' \\\\ & ')}\\end{aligned}` };
}
