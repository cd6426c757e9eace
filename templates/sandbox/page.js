// What the page knows: the workspace's state as one person sees it, and where that person is looking.

import { Refused, act, watch } from "./server.js";
import { Typing } from "./typing.js";

export class Page {
  state = null; // the last STATE of the sandbox
  channelId = null;
  thread = null; // ts of the parent that the composer answers to
  target = null; // ts of the message that a link led to
  notice = null; // {text, bad}: one sentence about what was just done
  jumped = null; // the answer to "Jump to the next nudge"
  connected = true;
  guide = true;
  busy = new Set(); // elements whose click waits for the bot
  halves = new Map(); // dates without a time and times without a date, by input
  drafts = new Map(); // composer texts, by person and channel
  typing = new Typing((place, value) => this.#keep(place, value));

  #seen = new Map(); // by person and channel: ts of the newest message that was on the screen
  #began = null; // what is older than the page's start is not news
  #received = 0;
  #stop = () => {};

  constructor(draw) {
    this.draw = draw;
  }

  // ------------------------------------------------------------------ the workspace

  /** Becomes a person: everything is shown as that person sees it. */
  become(user) {
    this.#stop();
    this.thread = this.target = this.notice = null;
    if (user) sessionStorage.setItem("person", user);
    this.#stop = watch(
      user,
      (state) => this.#learn(state),
      (connected) => this.#connection(connected),
    );
  }

  #learn(state) {
    this.state = state;
    this.#received = performance.now();
    this.#began ??= state.clock.epoch;
    if (!this.channel(this.channelId)) this.channelId = state.channels[0]?.id ?? null;
    this.draw();
  }

  #connection(connected) {
    if (connected === this.connected) return;
    this.connected = connected;
    this.draw();
  }

  /** The workspace's time in seconds; it runs on between two states. */
  now() {
    return this.state.clock.epoch + (performance.now() - this.#received) / 1000;
  }

  get me() {
    return this.state.people.find((person) => person.id === this.state.me);
  }

  /** How the acting person reads times. */
  reader() {
    return { zone: this.me.tz, locale: this.me.locale ?? "en-US" };
  }

  channel(id) {
    return this.state?.channels.find((channel) => channel.id === id) ?? null;
  }

  nameOf(id) {
    const { bot, people } = this.state;
    return id === bot.user_id ? bot.name : people.find((person) => person.id === id)?.real_name;
  }

  /** The open modal's uppermost view. */
  get view() {
    return this.state.views.at(-1) ?? null;
  }

  // ------------------------------------------------------------------ where the person looks

  /** Opens a channel, at a message where one is named. */
  open(channelId, ts = null) {
    if (!this.channel(channelId)) return this.say("You are not in that channel.", true);
    Object.assign(this, { channelId, target: ts, thread: null, notice: null });
    sessionStorage.setItem("channel", channelId);
    const path = ts ? `/archives/${channelId}/p${ts.replace(".", "")}` : "/";
    if (location.pathname !== path) history.pushState(null, "", path);
    this.draw();
  }

  /** The message that an address of this workspace means, or null: {channel, ts}. */
  messageAt({ origin, pathname }) {
    const [, channel, stamp] = pathname.match(/^\/archives\/(\w+)\/p(\d{7,})$/) ?? [];
    if (origin !== location.origin || !channel) return null;
    return { channel, ts: `${stamp.slice(0, -6)}.${stamp.slice(-6)}` };
  }

  /** Goes where the browser's address points. */
  followAddress() {
    const { channel, ts } = this.messageAt(location) ?? { channel: sessionStorage.getItem("channel"), ts: null };
    Object.assign(this, { channelId: channel, target: ts });
  }

  /** How many messages of others came since the person last looked. */
  unread(channel) {
    const seen = this.#seen.get(`${this.state.me} ${channel.id}`) ?? this.#began;
    return everyMessage(channel).filter(({ user, ts }) => user !== this.state.me && Number(ts) > seen).length;
  }

  /** Notes that the person has the channel before their eyes. */
  look(channel) {
    const newest = Math.max(this.#began, ...everyMessage(channel).map(({ ts }) => Number(ts)));
    this.#seen.set(`${this.state.me} ${channel.id}`, newest);
  }

  // ------------------------------------------------------------------ doing

  say(text, bad = false) {
    this.notice = text ? { text, bad } : null;
    this.draw();
  }

  /** Does something as the acting person. Answers null, with a notice, where it cannot be done. */
  async do(verb, body = {}) {
    try {
      return await act(verb, { user: this.state.me, ...body });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say(error.message, true);
      return null;
    }
  }

  /** The same for a click: one at a time on each element, and not before everything typed has arrived. */
  async click(name, verb, body) {
    if (this.busy.has(name)) return null;
    this.busy.add(name);
    this.notice = null;
    this.draw();
    try {
      await this.typing.settled();
      return await this.do(verb, body);
    } finally {
      this.busy.delete(name);
      this.draw();
    }
  }

  async #keep(place, value) {
    const answer = await this.do("input", { ...place, value });
    return answer?.version ?? Infinity; // what could not be kept stays in its field: no state is newer
  }
}

const everyMessage = (channel) => channel.messages.flatMap((message) => [message, ...(message.replies ?? [])]);
