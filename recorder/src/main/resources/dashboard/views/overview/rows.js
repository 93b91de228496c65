// @ts-check
/** What the overview shows of each ip: read from /summary, and kept up to date by what /live tells. */

/**
 * @typedef {{ key: string, id: number | null, client: string, ip: string, family: string | null, name: string | null,
 *     tags: string[], state: string, since: number | null, attempts: number, received: number, pass: number | null,
 *     fail: number | null, disconnectedMs: number, readAt: number, lastAt: number, latency: number | null,
 *     outcome: string | null, spark: (number | null)[] | undefined }} Row
 *     times in epoch milliseconds
 */

const SENT = new Set(['reply', 'late', 'timeout', 'unreachable']);

/** Told by the same three from ip to ip. @param {{ client: string, ip: string, family?: string | null }} ip */
export function keyOf({ client, ip, family }) {
  return `${client} ${ip} ${family ?? ''}`;
}

export class Rows {
  constructor() {
    /** @type {Map<string, Row>} */
    this.all = new Map();
    /** Of /ips; read apart. @type {Map<string, { id: number, tags: string[] }>} */
    this.registered = new Map();
  }

  /**
   * Takes the rows of /summary; an ip that is there keeps its object.
   *
   * @param {any[]} summary
   */
  read(summary) {
    const readAt = Date.now();
    /** @type {Map<string, Row>} */
    const all = new Map();
    for (const told of summary) {
      const key = keyOf(told);
      const row = this.all.get(key) ?? /** @type {Row} */ ({ key, client: told.client, ip: told.ip, lastAt: 0 });
      row.family = told.family ?? null;
      row.name = told.name;
      row.state = told.state;
      row.since = told.state_since && Date.parse(told.state_since);
      row.attempts = told.attempts;
      row.received = told.received;
      row.pass = told.pass_percent;
      row.fail = told.fail_percent;
      row.disconnectedMs = told.disconnected_ms;
      row.readAt = readAt;
      row.lastAt = told.last_at ? Date.parse(told.last_at) : 0;
      row.latency = told.last_latency_ms;
      row.outcome = told.last_outcome;
      row.spark = told.spark;
      all.set(key, row);
    }
    this.all = all;
    this.tie();
  }

  /** Takes the rows of /ips. @param {any[]} ips */
  register(ips) {
    this.registered = new Map(ips.map((ip) => [keyOf(ip), { id: ip.id, tags: ip.tags ?? [] }]));
    this.tie();
  }

  tie() {
    for (const row of this.all.values()) {
      const registered = this.registered.get(row.key);
      row.id = registered?.id ?? null;
      row.tags = registered?.tags ?? [];
    }
  }

  /**
   * Counts pings that are newer than all that is counted; older ones, of a client that catches up, are
   * counted when the summary is next read.
   *
   * @param {any[]} pings
   * @returns {boolean} whether all are of ips that are known
   */
  count(pings) {
    let areKnown = true;
    for (const ping of pings) {
      const row = this.all.get(keyOf(ping));
      if (!row) {
        areKnown = false;
        continue;
      }
      const at = Date.parse(ping.at);
      if (at <= row.lastAt) continue;
      row.lastAt = at;
      row.latency = ping.latency_ms;
      row.outcome = ping.outcome;
      if (!SENT.has(ping.outcome)) continue;
      row.attempts++;
      if (ping.outcome === 'reply') row.received++;
      row.pass = (100 * row.received) / row.attempts;
      row.fail = 100 - row.pass;
    }
    return areKnown;
  }

  /** @param {any} change @returns {boolean} whether the ip is known */
  change(change) {
    const row = this.all.get(keyOf(change));
    if (!row) return false;
    const since = Date.parse(change.since);
    if (row.state === 'down' && change.state !== 'down') {
      row.disconnectedMs += Math.max(0, since - Math.max(row.readAt, row.since ?? 0));
    }
    row.state = change.state;
    row.since = since;
    return true;
  }
}

/** Also what has gone by since it was read, while the ip is down. @param {Row} row @param {number} now */
export function disconnectedMs(row, now) {
  if (row.state !== 'down') return row.disconnectedMs;
  return row.disconnectedMs + Math.max(0, now - Math.max(row.readAt, row.since ?? 0));
}
