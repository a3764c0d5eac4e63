/** /faq/desk/<number>/approval: what would change for everybody, and the second person's decision. */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { addYears, japanDate } from '../../../../lib/jst.ts';
import { FormToken, showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { editorsOf, type FaqEntry, loadEntry, openRevision, publishedContent } from '../../data.ts';
import { listToBeMerged } from '../../duplicates/data.ts';
import { approvalPath, DESK_ENTRY_ROUTE, DESK_PATH, deskEntryPath, historyPath } from '../../paths.ts';
import { formatFaqReference, mayApprove, maySeeDesk } from '../../rules.ts';
import { openFaqKey } from '../../sealing.ts';
import { findPersonalData } from '../checking/data.ts';
import { Around, DateField, described } from '../form.tsx';
import { refuse, wantedEntry } from '../gate.ts';
import { EntryFacts, factsOf } from '../one.tsx';
import { stampOf } from '../rules.ts';
import { type Faults, isReviewDate, readNote, typedIn } from '../schema.ts';
import { Alert, Changes, Found, Whole } from '../shown.tsx';
import { listSimilar } from '../similar/data.ts';
import { SimilarSection } from '../similar/section.tsx';
import { editingText as text } from '../text.ts';
import { approve, type DecisionRefusal, sendBack } from './mutations.ts';

const APPROVAL = `${DESK_ENTRY_ROUTE}/approval`;

export function decidingPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(APPROVAL, async (c) => {
    const entry = maySeeDesk(actorOfPage(c)) ? await wantedEntry(c) : undefined;
    return entry ? showApproval(c, entry) : refuse(c, 'faq.approve');
  });

  pages.post(APPROVAL, async (c) => {
    const entry = maySeeDesk(actorOfPage(c)) ? await wantedEntry(c) : undefined;
    if (!entry) return refuse(c, 'faq.approve');
    const form = await c.req.formData();
    return typedIn(form, 'do') === 'back' ? decideBack(c, entry, form) : decideFor(c, entry, form);
  });

  return pages;
}

async function decideFor(c: Context<PageEnv>, entry: FaqEntry, form: FormData): Promise<Response> {
  const scope = c.get('scope');
  const reviewDueOn = typedIn(form, 'reviewDueOn');
  if (!isReviewDate(reviewDueOn, japanDate(scope.now)))
    return showApproval(c, entry, { faults: { reviewDueOn: { kind: 'date' } }, reviewDueOn });
  const seen = typedIn(form, 'seen');
  const approved = await approve(scope, actorOfPage(c), entry.id, { seen, reviewDueOn });
  if (approved.ok) return c.redirect(`${deskEntryPath(entry.number)}?done=approved`, 303);
  return showRefusal(c, entry, approved.refusal);
}

async function decideBack(c: Context<PageEnv>, entry: FaqEntry, form: FormData): Promise<Response> {
  const { note, fault } = readNote(form);
  if (fault) return showApproval(c, entry, { faults: { note: fault }, note });
  const wanted = { seen: typedIn(form, 'seen'), note };
  const back = await sendBack(c.get('scope'), actorOfPage(c), entry.id, wanted);
  if (back.ok) return c.redirect(`${deskEntryPath(entry.number)}?done=sentBack`, 303);
  return showRefusal(c, entry, back.refusal, note);
}

async function showRefusal(
  c: Context<PageEnv>,
  entry: FaqEntry,
  { reason }: DecisionRefusal,
  note?: string,
): Promise<Response> {
  if (reason === 'not-found') return c.notFound();
  return showApproval(c, entry, { alert: text.errors[reason], ...(note === undefined ? {} : { note }) });
}

interface Refused {
  faults?: Faults;
  alert?: string;
  /** What was typed. */
  note?: string;
  reviewDueOn?: string;
}

async function showApproval(c: Context<PageEnv>, entry: FaqEntry, refused: Refused = {}): Promise<Response> {
  const scope = c.get('scope');
  const loaded = await loadEntry(scope.db, entry.id);
  if (!loaded) return c.notFound();
  const { faults = {}, alert } = refused;
  const isFault = alert !== undefined || Object.keys(faults).length > 0;
  return showPage(c, {
    title: text.approval.title(formatFaqReference(entry.number)),
    isFault,
    status: isFault ? (alert === undefined ? 422 : 409) : 200,
    body: (
      <>
        <Alert words={alert} />
        <EntryFacts {...(await factsOf(c, loaded))} />
        {await proposalOf(c, loaded, refused)}
        <p>
          <a class="button plain" href={deskEntryPath(entry.number)}>
            {text.links.edit}
          </a>{' '}
          <a class="button plain" href={historyPath(entry.number)}>
            {text.links.history}
          </a>{' '}
          <a class="button plain" href={DESK_PATH}>
            {text.links.desk}
          </a>
        </p>
      </>
    ),
  });
}

async function proposalOf(
  c: Context<PageEnv>,
  loaded: NonNullable<Awaited<ReturnType<typeof loadEntry>>>,
  refused: Refused,
): Promise<Child> {
  const scope = c.get('scope');
  const { entry, open } = loaded;
  const content = open?.state === 'proposed' ? await openRevision(await openFaqKey(scope), open) : null;
  if (!open || !content) return <p>{text.approval.none}</p>;
  const published = publishedContent(entry);
  const proposed = { content, visibility: open.visibility };
  const isTheirs = mayApprove(actorOfPage(c), editorsOf(open));
  return (
    <>
      <Found checked={await findPersonalData(scope, content)} hint={text.approval.found} />
      <SimilarSection
        number={entry.number}
        similar={await listSimilar(scope, entry, content)}
        mayMerge={false}
      />
      <h2>{text.approval.whole}</h2>
      {published ? null : <p>{text.approval.first}</p>}
      <Whole {...proposed} />
      <Merged entries={open.source === 'merge' ? await listToBeMerged(scope.db, entry.id) : []} />
      {published ? (
        <>
          <h2>{text.approval.changes}</h2>
          <Changes before={{ content: published, visibility: entry.visibility }} after={proposed} />
        </>
      ) : null}
      {isTheirs ? (
        <DecisionForms
          c={c}
          number={entry.number}
          seen={stampOf(loaded)}
          dueOn={dueOnOf(c, entry)}
          refused={refused}
        />
      ) : (
        <p class="notice warning">{text.errors.own}</p>
      )}
    </>
  );
}

/** What nobody finds any more by itself once this is approved. */
function Merged({ entries }: { entries: readonly { number: number; question: string }[] }): Child {
  if (entries.length === 0) return null;
  return (
    <section class="notice warning">
      <h2>{text.approval.merged}</h2>
      <ul>
        {entries.map(({ number, question }) => (
          <li>
            <a href={deskEntryPath(number)}>{`${formatFaqReference(number)}　${question}`}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A year from today; for what was never found, the date that its author chose. */
function dueOnOf(c: Context<PageEnv>, { status, reviewDueOn }: FaqEntry): string {
  const today = japanDate(c.get('scope').now);
  const isChosen = status === 'unpublished' && reviewDueOn !== null && isReviewDate(reviewDueOn, today);
  return isChosen ? reviewDueOn : addYears(today, 1);
}

interface FormsProps {
  c: Context<PageEnv>;
  number: number;
  seen: string;
  dueOn: string;
  refused: Refused;
}

function DecisionForms({ c, number, seen, dueOn, refused }: FormsProps): Child {
  const { faults = {}, note = '', reviewDueOn = dueOn } = refused;
  return (
    <>
      <form method="post" action={approvalPath(number)}>
        <FormToken c={c} />
        <input type="hidden" name="seen" value={seen} />
        <DateField
          name="reviewDueOn"
          label={text.approval.reviewDue}
          value={reviewDueOn}
          fault={faults.reviewDueOn}
        />
        <button class="button primary" type="submit" name="do" value="approve">
          {text.buttons.approve}
        </button>
      </form>
      <hr />
      <form method="post" action={approvalPath(number)}>
        <FormToken c={c} />
        <input type="hidden" name="seen" value={seen} />
        <div class={faults.note ? 'field faulty' : 'field'}>
          <label for="note">{text.note}</label>
          <Around name="note" fault={faults.note} hint={text.noteHint} />
          <textarea id="note" name="note" rows={4} {...described('note', faults.note, text.noteHint)}>
            {`\n${note}`}
          </textarea>
        </div>
        <button class="button danger" type="submit" name="do" value="back">
          {text.buttons.sendBack}
        </button>
      </form>
    </>
  );
}
