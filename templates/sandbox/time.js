// Instants as a person in one time zone reads and picks them. Instants are whole or broken UNIX seconds.

const DAY = 86_400;
const EARLIEST = 1_000_000_000; // Slack's pickers take ten digits; a year that is still being typed gives fewer

/** The wall clock of a zone at an instant: {date: "2026-05-01", time: "15:30"}. */
export function wall(epoch, zone) {
  const parts = partsOf(epoch, zone, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return { date: `${parts.year.padStart(4, "0")}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

/** The instant of a wall time in a zone, or null while date or time is missing. A time that the spring change leaves
 * out is taken as if the clock had not changed; of a time that autumn repeats, the first. */
export function instant({ date, time }, zone) {
  const asUtc = Date.parse(`${date}T${time}Z`) / 1000;
  if (!date || !time || Number.isNaN(asUtc) || asUtc < EARLIEST) return null;
  const candidates = [asUtc - DAY, asUtc + DAY].map((near) => asUtc - offset(near, zone));
  const right = candidates.filter((epoch) => wall(epoch, zone).date === date && wall(epoch, zone).time === time);
  return right.length ? Math.min(...right) : candidates[0];
}

/** Seconds by which a zone's clock is ahead of UTC. */
function offset(epoch, zone) {
  const { date, time } = wall(epoch, zone);
  return Date.parse(`${date}T${time}Z`) / 1000 - Math.floor(epoch / 60) * 60;
}

function partsOf(epoch, zone, format, locale = "en-US") {
  const formatter = new Intl.DateTimeFormat(locale, { timeZone: zone, ...format });
  return Object.fromEntries(formatter.formatToParts(new Date(epoch * 1000)).map(({ type, value }) => [type, value]));
}

/** The time of day as the reader likes it: "15:30", or "3:30 PM" where the locale counts to twelve. */
export function clock(epoch, { zone, locale }, seconds = false) {
  const twelve = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12;
  const format = { hour: twelve ? "numeric" : "2-digit", minute: "2-digit", hourCycle: twelve ? "h12" : "h23" };
  if (seconds) format.second = "2-digit";
  return new Intl.DateTimeFormat("en-US", { timeZone: zone, ...format }).format(epoch * 1000).replace("\u202f", " ");
}

/** "Wednesday, May 1st, 2026" and its shorter forms. */
function long(epoch, zone, { year = true } = {}) {
  const parts = partsOf(epoch, zone, { weekday: "long", month: "long", day: "numeric", year: "numeric" });
  const day = `${parts.weekday}, ${parts.month} ${ordinal(Number(parts.day))}`;
  return year ? `${day}, ${parts.year}` : day;
}

function ordinal(day) {
  const ending = { one: "st", two: "nd", few: "rd", other: "th" };
  return `${day}${ending[new Intl.PluralRules("en", { type: "ordinal" }).select(day)]}`;
}

function written(epoch, zone, format) {
  return new Intl.DateTimeFormat("en-US", { timeZone: zone, day: "numeric", ...format }).format(epoch * 1000);
}

/** "today", "yesterday", "tomorrow", or null. */
function nearDay(epoch, now, zone) {
  const midnight = (instant) => Date.parse(wall(instant, zone).date) / 1000;
  const days = (midnight(epoch) - midnight(now)) / DAY;
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

function ago(epoch, now) {
  const seconds = Math.round(epoch - now);
  const units = [
    ["day", DAY],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units.at(-1);
  return new Intl.RelativeTimeFormat("en").format(Math.trunc(seconds / size), unit);
}

// https://docs.slack.dev/reference/block-kit/block-elements/date-element#date-format-strings
const TOKENS = {
  day_divider_pretty: (at, now, { zone }) =>
    nearDay(at, now, zone) ??
    long(at, zone, { year: wall(at, zone).date.slice(0, 4) !== wall(now, zone).date.slice(0, 4) }),
  date_num: (at, now, { zone }) => wall(at, zone).date,
  date_slash: (at, now, { zone }) => wall(at, zone).date.split("-").reverse().join("/"),
  date_long: (at, now, { zone }) => long(at, zone),
  date_long_full: (at, now, { zone }) => written(at, zone, { month: "long", year: "numeric" }),
  date_long_pretty: (at, now, { zone }) => nearDay(at, now, zone) ?? long(at, zone),
  date: (at, now, { zone }) => written(at, zone, { month: "long" }),
  date_pretty: (at, now, { zone }) => nearDay(at, now, zone) ?? written(at, zone, { month: "long" }),
  date_short: (at, now, { zone }) => written(at, zone, { month: "short", year: "numeric" }),
  date_short_pretty: (at, now, { zone }) =>
    nearDay(at, now, zone) ?? written(at, zone, { month: "short", year: "numeric" }),
  time: (at, now, reader) => clock(at, reader),
  time_secs: (at, now, reader) => clock(at, reader, true),
  ago: (at, now) => ago(at, now),
};

/** Slack's date format filled in for one reader ({zone, locale}), or null if it holds a token that Slack has not. */
export function dated(epoch, format, now, reader) {
  let known = true;
  const text = format.replace(/\{(\w+)\}/g, (_, token) => {
    known &&= Object.hasOwn(TOKENS, token);
    return known ? TOKENS[token](epoch, now, reader) : "";
  });
  if (!known) return null;
  // Slack writes a leading "today" with a capital, wherever in a sentence the date stands.
  return /^\{\w*pretty\}/.test(format) ? text[0].toUpperCase() + text.slice(1) : text;
}

/** A length of time in words: "23 h 45 min", "40 s". */
export function duration(seconds) {
  const whole = Math.round(seconds);
  const units = [
    ["d", DAY],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ];
  const words = [];
  let rest = whole < 60 ? whole : Math.round(whole / 60) * 60;
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count) words.push(`${count} ${unit}`);
  }
  return words.join(" ") || "0 s";
}
