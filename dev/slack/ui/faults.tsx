/** 故障を起こす: the local Slack misbehaves as the real one sometimes does. */
import { useRef, useState } from 'hono/jsx/dom';
import type { Fault, Faults } from '../client-api.ts';
import { readFaults, sendFaults } from './api.ts';
import { useLastingEffect } from './lasting-effect.ts';
import { notify, setDoublePressing } from './store.ts';
import { text } from './text.ts';

const METHODS = [
  '*',
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'views.open',
  'views.update',
  'views.publish',
  'conversations.open',
  'mail',
];
const KINDS: Fault['kind'][] = ['rate-limited', 'server-error', 'hang', 'drop-after-accept'];

/** The faults in force, a form for one more, and the switches. */
export function FaultsPanel({ isDoublePressing }: { isDoublePressing: boolean }) {
  const [inForce, setInForce] = useState<Faults>({ faults: [], enforceRates: false });
  const form = useRef<HTMLFormElement>(null);
  useLastingEffect(() => {
    // Faults that count down change without us.
    const read = () => void readFaults().then(setInForce, () => undefined);
    read();
    const timer = setInterval(read, 2000);
    return () => clearInterval(timer);
  }, []);
  const send = async (part: Partial<Faults>) => {
    try {
      setInForce(await sendFaults({ ...(await readFaults()), ...part }));
    } catch {
      notify(text.notSent);
    }
  };
  const add = (event: Event) => {
    event.preventDefault();
    const fault = form.current && readFault(new FormData(form.current));
    if (fault) void send({ faults: [...inForce.faults, fault] });
  };
  return (
    <div class="pane-body faults">
      <form ref={form} onSubmit={add}>
        <label for="fault-method">{text.faultMethod}</label>
        <input
          id="fault-method"
          name="method"
          class="control"
          list="fault-methods"
          value="chat.postMessage"
          required
        />
        <datalist id="fault-methods">
          {METHODS.map((method) => (
            <option key={method} value={method} />
          ))}
        </datalist>
        <label for="fault-kind">{text.faultKind}</label>
        <select id="fault-kind" name="kind" class="control">
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {text.faultKinds[kind]}
            </option>
          ))}
        </select>
        <label for="fault-retry">{text.faultRetryAfter}</label>
        <input id="fault-retry" name="retryAfterSeconds" class="control" type="number" min="0" value="5" />
        <label for="fault-times">{text.faultTimes}</label>
        <input id="fault-times" name="times" class="control" type="number" min="1" value="3" />
        <button type="submit" class="button is-primary">
          {text.faultAdd}
        </button>
      </form>
      <h3>{text.faultList}</h3>
      {inForce.faults.length === 0 && <p class="faint">{text.faultNone}</p>}
      <ul>
        {inForce.faults.map((fault) => (
          <li key={JSON.stringify(fault)}>
            <code>{fault.method}</code> {text.faultKinds[fault.kind]}（{text.faultRemaining(fault.times)}）
          </li>
        ))}
      </ul>
      {inForce.faults.length > 0 && (
        <button type="button" class="button" onClick={() => void send({ faults: [] })}>
          {text.faultClear}
        </button>
      )}
      <hr />
      <label class="tick">
        <input
          type="checkbox"
          checked={inForce.enforceRates}
          onChange={() => void send({ enforceRates: !inForce.enforceRates })}
        />
        <span>{text.enforceRates}</span>
      </label>
      <label class="tick">
        <input
          type="checkbox"
          checked={isDoublePressing}
          onChange={() => setDoublePressing(!isDoublePressing)}
        />
        <span>{text.doublePress}</span>
      </label>
    </div>
  );
}

function readFault(entered: FormData): Fault | null {
  const kind = KINDS.find((one) => one === entered.get('kind'));
  const times = Number(entered.get('times'));
  if (!kind) return null;
  return {
    method: String(entered.get('method')).trim() || '*',
    kind,
    ...(kind === 'rate-limited' ? { retryAfterSeconds: Number(entered.get('retryAfterSeconds')) } : {}),
    ...(times > 0 ? { times } : {}),
  };
}
