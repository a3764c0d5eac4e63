/** 通信を見る: what went between Slack and the app, and causing trouble on purpose. */
import { useState } from 'hono/jsx/dom';
import type { TrafficEntry } from '../client-api.ts';
import { readTraffic } from './api.ts';
import { clockWithSeconds } from './dates.ts';
import { FaultsPanel } from './faults.tsx';
import { useLastingEffect } from './lasting-effect.ts';
import { enteredIn } from './surface.ts';
import { text } from './text.ts';

/** The server keeps no more either. */
const KEPT = 500;
const POLL_MILLIS = 1000;

/** The panel at the side; on a phone it fills the screen. */
export function Inspector({ isDoublePressing, onClose }: { isDoublePressing: boolean; onClose: () => void }) {
  const [tab, setTab] = useState<'traffic' | 'trouble'>('traffic');
  const pick = (next: typeof tab) => () => setTab(next);
  return (
    <aside class="inspector" aria-label={text.inspect}>
      <header class="pane-head">
        <div class="tabs" role="tablist">
          <button
            type="button"
            role="tab"
            aria-selected={String(tab === 'traffic')}
            onClick={pick('traffic')}
          >
            {text.traffic}
          </button>
          <button
            type="button"
            role="tab"
            aria-selected={String(tab === 'trouble')}
            onClick={pick('trouble')}
          >
            {text.trouble}
          </button>
        </div>
        <button type="button" class="icon-button" aria-label={text.close} onClick={onClose}>
          ×
        </button>
      </header>
      {tab === 'traffic' ? <Traffic /> : <FaultsPanel isDoublePressing={isDoublePressing} />}
    </aside>
  );
}

/** Asks again from the oldest call that is still pending, because its end changes its entry. */
function useTraffic(): TrafficEntry[] {
  const [entries, setEntries] = useState<TrafficEntry[]>([]);
  useLastingEffect(() => {
    let known: TrafficEntry[] = [];
    const poll = async () => {
      const pending = known.find(({ status }) => status === 'pending')?.seq;
      const after = pending === undefined ? (known.at(-1)?.seq ?? 0) : pending - 1;
      const fresh = await readTraffic(after);
      if (fresh.length === 0) return;
      known = [...known.filter(({ seq }) => seq <= after), ...fresh].slice(-KEPT);
      setEntries(known);
    };
    // A server that is gone is told of elsewhere; the next round asks again.
    const pollQuietly = () => void poll().catch(() => undefined);
    pollQuietly();
    const timer = setInterval(pollQuietly, POLL_MILLIS);
    return () => clearInterval(timer);
  }, []);
  return entries;
}

function Traffic() {
  const entries = useTraffic();
  const [wanted, setWanted] = useState('');
  const shown = entries.filter(({ what }) => what.includes(wanted.trim())).reverse();
  return (
    <div class="pane-body">
      <input
        type="search"
        class="control"
        aria-label={text.filterTraffic}
        placeholder={text.filterTraffic}
        onInput={(event: Event) => setWanted(enteredIn(event))}
      />
      {shown.length === 0 && <p class="faint">{text.trafficEmpty}</p>}
      {shown.map((entry) => (
        <Entry key={entry.seq} entry={entry} />
      ))}
    </div>
  );
}

function Entry({ entry }: { entry: TrafficEntry }) {
  const { at, direction, what, status, ms } = entry;
  const [isOpen, setOpen] = useState(false);
  const isGood = typeof status === 'number' && status < 400 && !isRefusal(entry.answer);
  const statusText = { pending: text.pending, 'no answer': text.noAnswer }[status] ?? String(status);
  return (
    <div class="traffic">
      <button
        type="button"
        class={isGood || status === 'pending' ? 'traffic-line' : 'traffic-line is-bad'}
        aria-expanded={isOpen ? 'true' : 'false'}
        onClick={() => setOpen(!isOpen)}
      >
        <span class={`direction is-${direction}`}>{direction === 'to-app' ? text.toApp : text.fromApp}</span>
        <span class="traffic-what">{what}</span>
        <span class="traffic-status">{statusText}</span>
        <span class="faint">{status === 'pending' ? '' : `${Math.round(ms)} ms`}</span>
        <time class="faint">{clockWithSeconds(at)}</time>
      </button>
      {isOpen && (
        <div class="traffic-detail">
          <h4>{text.request}</h4>
          <pre>{pretty(entry.request)}</pre>
          <h4>{text.answer}</h4>
          <pre>{pretty(entry.answer)}</pre>
        </div>
      )}
    </div>
  );
}

/** Web API methods refuse with status 200 and `ok: false`. */
const isRefusal = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false;

const pretty = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
