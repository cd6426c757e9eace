// Slack's mrkdwn as a tree of plain values; `text.js` makes elements of it.
//
// Kinds of parts: text {text}, bold | italic | strike | quote {parts}, code | pre {text}, user | channel {id, label},
// broadcast {text}, date {epoch, format, link, fallback}, link {url, label}.

const STYLES = { "*": "bold", _: "italic", "~": "strike" };

/** The parts of an mrkdwn text, in order. */
export function parse(mrkdwn) {
  return mrkdwn
    .split(/```([\s\S]+?)```/)
    .flatMap((piece, number) =>
      number % 2 ? [{ kind: "pre", text: plain(piece.replace(/^\n|\n$/g, "")) }] : quotes(piece),
    );
}

/** `& < >` as they were typed; exactly once, or `&amp;lt;` would turn into a `<`. */
export function unescaped(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

/** Text in which nothing acts: links and mentions show what they are made of. */
function plain(text) {
  return unescaped(text.replace(/<([^\s<>|][^<>\n|]*)(?:\|([^<>\n]*))?>/g, (_, target, label) => label || target));
}

/** Splits at lines that begin with `>`; Slack takes an escaped one for a quote too. */
function quotes(text) {
  const parts = [];
  const lines = text.split("\n");
  const isQuote = (line) => /^(>|&gt;)/.test(line);
  for (let first = 0; first < lines.length;) {
    const quoted = isQuote(lines[first]);
    const toTheEnd = /^(>|&gt;){3}/.test(lines[first]);
    let end = first + 1;
    while (end < lines.length && (toTheEnd || isQuote(lines[end]) === quoted)) end += 1;
    const chunk = lines.slice(first, end);
    if (toTheEnd) chunk[0] = chunk[0].replace(/^(>|&gt;){3} ?/, "");
    else if (quoted) chunk.forEach((line, number) => (chunk[number] = line.replace(/^(>|&gt;) ?/, "")));
    if (quoted) parts.push({ kind: "quote", parts: inline(chunk.join("\n")) });
    else if (chunk.join("")) parts.push(...inline(withoutEdges(chunk, first > 0, end < lines.length).join("\n")));
    first = end;
  }
  return parts;
}

/** A quote stands on lines of its own, so one empty line beside it would show as two. */
function withoutEdges(lines, afterQuote, beforeQuote) {
  const from = afterQuote && lines[0] === "" ? 1 : 0;
  const to = beforeQuote && lines.length > from + 1 && lines.at(-1) === "" ? -1 : undefined;
  return lines.slice(from, to);
}

/** Code, controls and styles within a text. */
function inline(text) {
  const tokens = text.match(/`[^`\n]+`|<[^\s<>][^<>\n]*>|[*_~\n]|[^`<*_~\n]+|[\s\S]/g) ?? [];
  return styled(tokens);
}

/** Pairs `*`, `_` and `~`. Whatever finds no partner in its line stays as it was typed. */
function styled(tokens) {
  const levels = [{ mark: null, parts: [] }];
  const giveUp = () => {
    const { mark, parts } = levels.pop();
    levels.at(-1).parts.push({ kind: "text", text: mark }, ...parts);
  };
  tokens.forEach((token, number) => {
    const depth = levels.findLastIndex((level) => level.mark === token);
    if (token === "\n") while (levels.length > 1) giveUp();
    if (token in STYLES && depth > 0 && closes(tokens, number)) {
      while (levels.length > depth + 1) giveUp();
      const { parts } = levels.pop();
      levels.at(-1).parts.push({ kind: STYLES[token], parts: merged(parts) });
    } else if (token in STYLES && depth < 0 && opens(tokens, number)) levels.push({ mark: token, parts: [] });
    else levels.at(-1).parts.push(atom(token));
  });
  while (levels.length > 1) giveUp();
  return merged(levels[0].parts);
}

const isWord = (letter) => /[\p{L}\p{N}]/u.test(letter);
const isSpace = (letter) => letter === undefined || /\s/.test(letter);

function opens(tokens, number) {
  const before = tokens[number - 1]?.at(-1) ?? " ";
  const after = tokens[number + 1]?.[0];
  return !isWord(before) && !isSpace(after) && after !== tokens[number];
}

function closes(tokens, number) {
  const before = tokens[number - 1]?.at(-1);
  const after = tokens[number + 1]?.[0] ?? " ";
  return !isSpace(before) && !isWord(after);
}

function atom(token) {
  if (token.length > 2 && token.startsWith("`")) return { kind: "code", text: plain(token.slice(1, -1)) };
  if (token.length > 2 && token.startsWith("<")) return control(token.slice(1, -1));
  return { kind: "text", text: unescaped(token) };
}

/** What stands between `<` and `>`. */
function control(inside) {
  const [target, ...rest] = inside.split("|");
  const label = rest.length ? unescaped(rest.join("|")) : null;
  if (target.startsWith("@")) return { kind: "user", id: target.slice(1), label };
  if (target.startsWith("#")) return { kind: "channel", id: target.slice(1), label };
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!")) return { kind: "broadcast", text: label ?? `@${target.slice(1).split("^")[0]}` };
  return { kind: "link", url: unescaped(target), label: label || unescaped(target) };
}

function date(target, fallback) {
  const [, seconds, format = "", link] = target.split("^");
  return {
    kind: "date",
    epoch: Number(seconds),
    format,
    link: link ? unescaped(link) : null,
    fallback: fallback ?? "",
  };
}

/** Neighbouring texts as one, so that the page shows one text node for them. */
function merged(parts) {
  return parts.reduce((whole, part) => {
    const last = whole.at(-1);
    if (part.kind === "text" && last?.kind === "text") last.text += part.text;
    else whole.push(part);
    return whole;
  }, []);
}
