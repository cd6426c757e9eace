// What a person types goes to the sandbox at once, and what the sandbox says must not overtake the typing.

/** Typed values on their way. `send(place, value)` answers with the version of the workspace that holds the value. */
export class Typing {
  #entries = new Map(); // name of the place -> {value, dirty, version: null while under way, work}
  #send;

  constructor(send) {
    this.#send = send;
  }

  /** What an input should show: the workspace's value, unless something newer was typed. */
  shown(place, known, version) {
    const entry = this.#entries.get(name(place));
    if (!entry) return known;
    if (entry.version === null || version < entry.version) return entry.value;
    this.#entries.delete(name(place));
    return known;
  }

  /** Remembers and sends a value; of several quick ones in one place only the last. */
  type(place, value) {
    const entry = this.#entries.get(name(place)) ?? { work: null };
    Object.assign(entry, { value, dirty: true, version: null });
    this.#entries.set(name(place), entry);
    entry.work ??= this.#deliver(place, entry);
  }

  /** Done when everything typed so far has arrived. */
  async settled() {
    await Promise.all([...this.#entries.values()].map((entry) => entry.work));
  }

  async #deliver(place, entry) {
    let version;
    while (entry.dirty) {
      entry.dirty = false;
      version = await this.#send(place, entry.value);
    }
    entry.version = version;
    entry.work = null;
  }
}

const name = ({ user, view_id, block_id, action_id }) => JSON.stringify([user, view_id, block_id, action_id]);
