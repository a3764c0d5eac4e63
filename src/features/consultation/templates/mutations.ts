/** Writing 定型文: once a form, never over what somebody else wrote meanwhile. */
import { eq } from 'drizzle-orm';
import { sha256Hex } from '../../../lib/bytes.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { changeDirectory } from '../../directory/mutations.ts';
import { countTemplates, findTemplate, type OpenedTemplate, openTemplateKey, templatePlace } from './data.ts';
import { mayKeepTemplates } from './rules.ts';
import { type FormState, MAX_TEMPLATES, type TemplateInput } from './schema.ts';
import { answerTemplate } from './tables.ts';

export type TemplateRefusal =
  | { reason: 'not-allowed' | 'full' | 'sent-before' | 'removed' }
  | { reason: 'changed'; latest: OpenedTemplate };

type Saved = Result<{ title: string }, TemplateRefusal>;

/**
 * Adds a template, or changes the one that the form showed. The same form sent again, even at the same time, changes nothing and is
 * answered the same.
 */
export async function saveTemplate(
  scope: Scope,
  actor: Actor,
  { id, version, form }: FormState,
  input: TemplateInput,
): Promise<Saved> {
  const submissionKey = `${actor.slackUserId}/${form}`;
  return id === null
    ? addTemplate(scope, actor, submissionKey, input)
    : editTemplate(scope, actor, { id, version, submissionKey }, input);
}

async function addTemplate(
  scope: Scope,
  actor: Actor,
  submissionKey: string,
  input: TemplateInput,
): Promise<Saved> {
  const id = (await sha256Hex(`template/${submissionKey}`)).slice(0, 32);
  return changeDirectory<{ title: string }, TemplateRefusal>(scope, actor, 'template.add', async () => {
    if (!mayKeepTemplates(actor)) return refused({ reason: 'not-allowed' });
    const before = await findTemplate(scope, id);
    if (before) return isSame(before, input) ? done({ value: input }) : refused({ reason: 'sent-before' });
    if ((await countTemplates(scope)) >= MAX_TEMPLATES) return refused({ reason: 'full' });
    return done({
      value: input,
      detail: { template: id },
      statements: [
        scope.db.insert(answerTemplate).values({
          id,
          ...(await seal(scope, id, input)),
          version: 1,
          updatedBy: actor.slackUserId,
          updatedAt: scope.now,
          submissionKey,
          removedAt: null,
        }),
      ],
    });
  });
}

async function editTemplate(
  scope: Scope,
  actor: Actor,
  seen: { id: string; version: number; submissionKey: string },
  input: TemplateInput,
): Promise<Saved> {
  const { id, submissionKey } = seen;
  return changeDirectory<{ title: string }, TemplateRefusal>(scope, actor, 'template.edit', async () => {
    if (!mayKeepTemplates(actor)) return refused({ reason: 'not-allowed' });
    const before = await findTemplate(scope, id);
    if (!before || before.isRemoved) return refused({ reason: 'removed' });
    if (isSame(before, input)) return done({ value: input });
    if (before.version !== seen.version) return refused({ reason: 'changed', latest: before });
    return done({
      value: input,
      detail: { template: id, version: before.version + 1 },
      statements: [
        scope.db
          .update(answerTemplate)
          .set({
            ...(await seal(scope, id, input)),
            version: before.version + 1,
            updatedBy: actor.slackUserId,
            updatedAt: scope.now,
            submissionKey,
          })
          .where(eq(answerTemplate.id, id)),
      ],
    });
  });
}

/** Takes a template out of the list; it stays in the database, sealed. What was removed before stays removed. */
export async function removeTemplate(
  scope: Scope,
  actor: Actor,
  { id, version }: { id: string; version: number },
): Promise<Saved> {
  return changeDirectory<{ title: string }, TemplateRefusal>(scope, actor, 'template.remove', async () => {
    if (!mayKeepTemplates(actor)) return refused({ reason: 'not-allowed' });
    const before = await findTemplate(scope, id);
    if (!before) return refused({ reason: 'removed' });
    const value = { title: before.title };
    if (before.isRemoved) return done({ value });
    if (before.version !== version) return refused({ reason: 'changed', latest: before });
    return done({
      value,
      detail: { template: id, version: before.version + 1 },
      statements: [
        scope.db
          .update(answerTemplate)
          .set({
            version: before.version + 1,
            updatedBy: actor.slackUserId,
            updatedAt: scope.now,
            removedAt: scope.now,
          })
          .where(eq(answerTemplate.id, id)),
      ],
    });
  });
}

function isSame(stored: TemplateInput, input: TemplateInput): boolean {
  return stored.title === input.title && stored.body === input.body;
}

async function seal(scope: Scope, id: string, { title, body }: TemplateInput) {
  const key = await openTemplateKey(scope);
  return {
    title: await key.seal(templatePlace(id, 'title'), title),
    body: await key.seal(templatePlace(id, 'body'), body),
  };
}
