// @ts-check
import { html } from '../html.js';
import { t } from '../i18n.js';
import { Command } from './command.js';

/** What to do next at a recorder that has nothing to show. */
export function FirstMinute() {
  const recorder = document.baseURI.replace(/[?#].*$/, '').replace(/\/$/, '');
  const command = `java -jar client.jar run --recorder ${recorder} 127.0.0.1`;
  return html`
    <section class="mx-auto py-4 first-minute" aria-labelledby="first">
      <h1 id="first" class="h3">${t('first.title')}</h1>
      <p>${t('first.client')}</p>
      <${Command} text=${command} />
      <p>${t('first.more')}</p>
      <p class="mb-0">${t('first.post')}</p>
      <pre class="command" tabindex="0"><code>${`curl -H 'Content-Type: application/json' -d '{"ip":"127.0.0.1","latency_ms":0.4}' ${recorder}/record-ping/site1`}</code></pre>
      <p class="text-body-secondary">${t('first.waiting')}</p>
    </section>`;
}
