// @ts-check
import { html } from '../html.js';
import { t } from '../i18n.js';
import { link } from '../router.js';
import { Command } from './command.js';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** What to do next at a recorder that has nothing to show. */
export function FirstMinute() {
  const recorder = document.baseURI.replace(/[?#].*$/, '').replace(/\/$/, '');
  const isLocal = LOOPBACK.test(location.hostname);
  return html`
    <section class="mx-auto py-4 first-minute" aria-labelledby="first">
      <h1 id="first" class="h3">${t('first.title')}</h1>
      <p>${t(isLocal ? 'first.clientHere' : 'first.client')}</p>
      <${Command} text=${`java -jar client.jar run --recorder ${recorder} --client site1 127.0.0.1`} />
      <p>${t('first.jar')}</p>
      ${isLocal && html`
        <p>${t('first.elsewhere')}</p>
        <${Command} text="RECORDER_HOST=0.0.0.0 RECORDER_OPEN=true java -jar recorder.jar" />`}
      <p>${t('first.more')} <a href=${link('/control', { by: 'tag' })}>${t('first.plan')}</a></p>
      <p>${t('first.post')}</p>
      <${Command} text=${`curl -H 'Content-Type: application/json' -d '{"ip":"127.0.0.1","latency_ms":0.4}' ${recorder}/record-ping/site1`} />
      <p class="text-body-secondary">${t('first.waiting')}</p>
    </section>`;
}
