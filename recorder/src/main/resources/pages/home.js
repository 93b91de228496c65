// Shows the newest pings; the dashboard will take this page's place.

const ROWS = 25;
const PAUSE_MS = 2000;
const LOST = new Set(['timeout', 'unreachable']);

const state = document.getElementById('state');
const table = document.getElementById('pings');
const empty = document.getElementById('empty');
document.getElementById('command').textContent =
    `java -jar client.jar run --recorder ${location.origin} 127.0.0.1`;

let lastAnswer = null;

/** @param {{at: string, client: string, ip: string, family: ?string, name: ?string, outcome: string, latency_ms: ?number}} ping */
function row(ping) {
  const cells = [
    ping.at.slice(0, 19).replace('T', ' '),
    ping.client,
    ping.family ? `${ping.ip} ${ping.family}` : ping.ip,
    ping.name ?? '',
    ping.outcome,
    ping.latency_ms === null ? '' : `${ping.latency_ms.toFixed(3)} ms`,
  ];
  const tr = document.createElement('tr');
  for (const [index, text] of cells.entries()) {
    const td = document.createElement('td');
    td.textContent = text;
    if (index === 4 && LOST.has(ping.outcome)) td.className = 'lost';
    if (index === 5) td.className = 'number';
    tr.append(td);
  }
  return tr;
}

async function refresh() {
  try {
    const answer = await fetch(`/pings?sort=newest&limit=${ROWS}`);
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.detail);
    table.tBodies[0].replaceChildren(...body.map(row));
    table.hidden = body.length === 0;
    empty.hidden = body.length !== 0;
    lastAnswer = new Date();
    state.textContent = `As of ${lastAnswer.toISOString().slice(11, 19)} UTC`;
    state.className = '';
  } catch (e) {
    const since = lastAnswer ? ` since ${lastAnswer.toISOString().slice(11, 19)} UTC` : '';
    state.textContent = `No answer from the recorder${since} (${e.message}); trying again`;
    state.className = 'stale';
  }
  setTimeout(refresh, PAUSE_MS);
}

refresh();
