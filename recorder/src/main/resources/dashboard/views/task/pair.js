// @ts-check

/**
 * @typedef {{ seq: number, at: string, outcome: string, latency: number | null, ttl: number | null, cause: string }} Ping
 * @typedef {{ sent: number, received: number, lost: number, notSent: number, duplicates: number,
 *     min: number | null, avg: number | null, max: number | null, stddev: number | null }} Statistics
 *     latencies in ms
 */

const LOST = new Set(['timeout', 'unreachable']);

/** What a client, or the recorder itself, hears from a target. */
export class Pair {
  /** @param {string} key @param {string | null} client null for the recorder itself @param {string} target @param {number} count */
  constructor(key, client, target, count) {
    this.key = key;
    this.client = client;
    this.target = target;
    /** How many pings are to come. */
    this.count = count;
    this.address = '';
    /** As they come. @type {Ping[]} */
    this.pings = [];
    /** Changes with whatever comes. */
    this.version = 0;
    /** @type {Statistics} */
    this.statistics = { sent: 0, received: 0, lost: 0, notSent: 0, duplicates: 0, min: null, avg: null, max: null, stddev: null };
    this.squares = 0;
  }

  /** @param {any} line of type `ping` */
  take(line) {
    this.version++;
    this.address = line.address ?? this.address;
    const all = this.statistics;
    if (line.duplicate) {
      all.duplicates++;
      return;
    }
    this.pings.push({
      seq: line.seq,
      at: line.at,
      outcome: line.outcome,
      latency: line.latency_ms,
      ttl: line.ttl ?? null,
      cause: causeOf(line),
    });
    if (line.latency_ms !== null) this.received(line.latency_ms);
    else if (LOST.has(line.outcome)) all.lost++;
    else all.notSent++;
    all.sent = all.received + all.lost;
  }

  /** @param {number} ms */
  received(ms) {
    const all = this.statistics;
    all.received++;
    const off = ms - (all.avg ?? 0);
    all.avg = (all.avg ?? 0) + off / all.received;
    this.squares += off * (ms - all.avg);
    all.stddev = Math.sqrt(this.squares / all.received);
    all.min = Math.min(all.min ?? ms, ms);
    all.max = Math.max(all.max ?? ms, ms);
  }

  /** The recorder's own sums are what counts. @param {any} line of type `summary` */
  close(line) {
    this.version++;
    this.address = line.address ?? this.address;
    this.statistics = {
      sent: line.sent,
      received: line.received,
      lost: line.lost,
      notSent: line.not_sent,
      duplicates: line.duplicates,
      min: line.min_ms,
      avg: line.avg_ms,
      max: line.max_ms,
      stddev: line.stddev_ms,
    };
  }
}

/** @param {any} line */
function causeOf(line) {
  const parts = [line.cause];
  if (line.error_from) parts.push(line.error_from);
  if (line.error_type !== undefined && line.error_type !== null) parts.push(`ICMP ${line.error_type}/${line.error_code ?? 0}`);
  return parts.filter(Boolean).join(', ');
}
