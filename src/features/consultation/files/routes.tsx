/** Adding, opening and removing the files of a case. Without a bucket none of these addresses exists. */
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { logError } from '../../../lib/log.ts';
import { FormToken, showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { reportVaultFault } from '../../directory/alarms/mutations.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { loadConsultation, standingOf } from '../data.ts';
import { recordRefusal } from '../mutations.ts';
import { casePath } from '../pages/paths.ts';
import { answerUnread } from '../pages/unread.ts';
import { wantedCase } from '../pages/wanted-case.ts';
import { sentenceOf } from '../refusals.ts';
import { maySee } from '../visibility/rules.ts';
import { inspectContent } from './content/inspecting.ts';
import { downloadHeaders } from './download.ts';
import { ATTACH, attachFile, openFile, REMOVE, removeFile } from './mutations.ts';
import { FILES_ANCHOR, removalPath } from './paths.ts';
import { endsLike, fileNameOf, MAX_FILE_BYTES } from './rules.ts';
import { readAttached, readReason, typedReason } from './schema.ts';
import { AttachForm, ReasonField } from './section.tsx';
import { filesText as text } from './text.ts';

export function filePages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.post('/cases/:reference/files', async (c) => {
    const { files: bucket } = c.get('scope');
    if (!bucket) return c.notFound();
    // Before anything is said of the file: whoever may not see the case must not learn that it is there.
    const id = await seenCase(c, ATTACH);
    return id === undefined ? c.notFound() : attach(c, host, bucket, id);
  });

  pages.get('/cases/:reference/files/:file', async (c) => {
    const scope = c.get('scope');
    const { files: bucket } = scope;
    if (!bucket) return c.notFound();
    const id = await wantedCase(c);
    if (id === undefined) return c.notFound();
    try {
      const opened = await openFile(scope, bucket, actorOfPage(c), id, c.req.param('file'));
      if (!opened.ok) return answerUnread(c, host, opened.refusal, c.req.path);
      return c.body(opened.value.content, 200, downloadHeaders(opened.value));
    } catch (error) {
      return showFailedDownload(c, error);
    }
  });

  pages.post('/cases/:reference/files/:file/remove', async (c) => {
    const { files: bucket } = c.get('scope');
    if (!bucket) return c.notFound();
    const id = await seenCase(c, REMOVE);
    return id === undefined ? c.notFound() : remove(c, bucket, id, c.req.param('file'));
  });

  return pages;
}

/** The id of the address's case, for whoever may see it; others are refused like what does not exist, and noted. */
async function seenCase(c: Context<PageEnv>, action: string): Promise<string | undefined> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const id = await wantedCase(c);
  if (id === undefined) return undefined;
  const loaded = await loadConsultation(scope, id);
  if (loaded && maySee(actor, standingOf(loaded))) return id;
  await recordRefusal(scope, actor, { id, loaded }, action, 'not-found');
  return undefined;
}

async function attach(c: Context<PageEnv>, host: ModalHost, bucket: R2Bucket, id: string): Promise<Response> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const sent = readAttached(await c.req.formData());
  if (!sent.ok) return showAttachForm(c, text.faults[sent.refusal], 422);
  const { formId, file } = sent.value;
  if (file.size > MAX_FILE_BYTES) return showAttachForm(c, text.faults['too-large'], 422);
  const content = new Uint8Array(await file.arrayBuffer());
  const kind = await inspectContent(content);
  if (!kind.ok) return showAttachForm(c, text.faults[kind.refusal], 422);
  const name = fileNameOf(file.name);
  if (!endsLike(name, kind.value)) return showAttachForm(c, text.faults['other-ending'], 422);
  try {
    const stored = await attachFile(scope, bucket, actor, id, { name, kind: kind.value, content, formId });
    if (stored.ok) return toFiles(c, ATTACH);
    const { refusal } = stored;
    if (refusal.reason === 'not-found' || refusal.reason === 'erased')
      return answerUnread(c, host, refusal, referenceOf(c));
    return showAttachForm(c, sentenceOf(refusal), 409);
  } catch (error) {
    logError('file.not_stored', error);
    const reason = await reportVaultFault(scope, error, actor.slackUserId);
    return showAttachForm(c, reason ?? text.notStored, 503);
  }
}

async function remove(c: Context<PageEnv>, bucket: R2Bucket, id: string, fileId: string): Promise<Response> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const typed = typedReason(await c.req.formData());
  const reason = readReason(typed);
  if (!reason.ok) return showReasonForm(c, fileId, typed, reason.refusal);
  try {
    const removed = await removeFile(scope, bucket, actor, id, fileId, reason.value);
    if (removed.ok) return toFiles(c, REMOVE);
    if (removed.refusal === 'not-found') return c.notFound();
    return showNotRemoved(c, text.notRemoved[removed.refusal], 409);
  } catch (error) {
    logError('file.not_removed', error);
    const sentence = await reportVaultFault(scope, error, actor.slackUserId);
    return showNotRemoved(c, sentence ?? text.notRemoved.failed, 503);
  }
}

function referenceOf(c: Context<PageEnv>): string {
  return c.req.param('reference') ?? '';
}

function toFiles(c: Context<PageEnv>, what: string): Response {
  return c.redirect(`${casePath(referenceOf(c))}?done=${what}#${FILES_ANCHOR}`, 303);
}

/** No browser gives a chosen file back: it is chosen again here. */
function showAttachForm(c: Context<PageEnv>, fault: string, status: ContentfulStatusCode): Promise<Response> {
  return showPage(c, {
    title: text.attach,
    isFault: true,
    status,
    body: (
      <>
        <AttachForm reference={referenceOf(c)} token={<FormToken c={c} />} fault={fault} />
        <BackToCase c={c} />
      </>
    ),
  });
}

function showReasonForm(
  c: Context<PageEnv>,
  fileId: string,
  typed: string,
  fault: string,
): Promise<Response> {
  return showPage(c, {
    title: text.removeSubmit,
    isFault: true,
    status: 422,
    body: (
      <>
        <form method="post" action={removalPath(referenceOf(c), fileId)}>
          <FormToken c={c} />
          <ReasonField id="reason" typed={typed} fault={fault} />
          <button class="button danger" type="submit">
            {text.removeSubmit}
          </button>
        </form>
        <BackToCase c={c} />
      </>
    ),
  });
}

function showNotRemoved(
  c: Context<PageEnv>,
  sentence: string,
  status: ContentfulStatusCode,
): Promise<Response> {
  return showSentence(c, text.removeTitle, sentence, status);
}

/** R2 does not answer, or what it holds is not what was stored: the latter alarms the admins. */
async function showFailedDownload(c: Context<PageEnv>, error: unknown): Promise<Response> {
  logError('file.not_opened', error);
  const altered = await reportVaultFault(c.get('scope'), error, actorOfPage(c).slackUserId);
  return showSentence(c, text.notOpened.title, altered ?? text.notOpened.body, altered ? 500 : 503);
}

function showSentence(
  c: Context<PageEnv>,
  title: string,
  sentence: string,
  status: ContentfulStatusCode,
): Promise<Response> {
  return showPage(c, {
    title,
    isFault: true,
    status,
    body: (
      <>
        <p class="notice error" role="alert">
          {sentence}
        </p>
        <BackToCase c={c} />
      </>
    ),
  });
}

function BackToCase({ c }: { c: Context<PageEnv> }) {
  return (
    <p>
      <a class="button plain" href={`${casePath(referenceOf(c))}#${FILES_ANCHOR}`}>
        {text.back}
      </a>
    </p>
  );
}
