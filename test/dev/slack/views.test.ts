import { describe, expect, it } from 'vitest';
import { objectOf, stringOf } from '../../../dev/slack/json.ts';
import { input, modalOf, openOffice, option, plain } from './office.ts';

const name = input('名前', { type: 'plain_text_input', action_id: 'name' }, { block_id: 'name' });

/** An office where 佐藤 has just typed a command, and the trigger of that. */
async function officeWithTrigger() {
  const office = openOffice();
  const trigger = async () => {
    await office.workspace.as('U0SATO').slash('相談');
    return stringOf(office.inbox.at(-1)?.content.trigger_id);
  };
  return { ...office, trigger, sato: office.workspace.as('U0SATO') };
}

describe('a trigger', () => {
  it('opens one modal, within three seconds', async () => {
    const { call, trigger, clock, sato } = await officeWithTrigger();
    const trigger_id = await trigger();
    clock.ms += 3000;
    expect(await call('views.open', { trigger_id, view: modalOf([name]) })).toMatchObject({ ok: true });
    expect(sato.modal?.view.title).toEqual(plain('相談'));
    expect(await call('views.open', { trigger_id, view: modalOf([name]) })).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    const late = await trigger();
    clock.ms += 3001;
    expect(await call('views.open', { trigger_id: late, view: modalOf([]) })).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await call('views.open', { trigger_id: '1.2.3', view: modalOf([]) })).toMatchObject({
      error: 'invalid_trigger_id',
    });
  });

  it('is not used up by a view that Slack refuses', async () => {
    const { call, trigger } = await officeWithTrigger();
    const trigger_id = await trigger();
    expect(await call('views.open', { trigger_id, view: modalOf([], { title: plain('') }) })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be more than 0 characters [json-pointer:/view/title/text]'],
      },
    });
    expect(await call('views.open', { trigger_id, view: modalOf([]) })).toMatchObject({ ok: true });
  });
});

describe('modals', () => {
  it('stack three deep', async () => {
    const { call, trigger, sato } = await officeWithTrigger();
    expect(await call('views.push', { trigger_id: await trigger(), view: modalOf([]) })).toMatchObject({
      error: 'not_found',
    });
    await call('views.open', { trigger_id: await trigger(), view: modalOf([]) });
    await call('views.push', { trigger_id: await trigger(), view: modalOf([]) });
    await call('views.push', { trigger_id: await trigger(), view: modalOf([]) });
    expect(sato.modals).toHaveLength(3);
    expect(await call('views.push', { trigger_id: await trigger(), view: modalOf([]) })).toMatchObject({
      error: 'push_limit_reached',
    });
  });

  it('refuse an update with a stale hash, or of a closed view', async () => {
    const { call, trigger, sato } = await officeWithTrigger();
    const opened = objectOf(
      (await call('views.open', { trigger_id: await trigger(), view: modalOf([name]) })).view,
    );
    const args = { view_id: opened.id, hash: opened.hash, view: modalOf([name], { title: plain('新') }) };
    expect(await call('views.update', args)).toMatchObject({ ok: true });
    expect(await call('views.update', args)).toMatchObject({ error: 'hash_conflict' });
    expect(sato.modal?.view.title).toEqual(plain('新'));
    await sato.closeModal();
    expect(await call('views.update', { view_id: opened.id, view: modalOf([]) })).toMatchObject({
      error: 'not_found',
    });
  });

  it('know each other by external_id', async () => {
    const { call, trigger } = await officeWithTrigger();
    const view = modalOf([], { external_id: 'case-1' });
    await call('views.open', { trigger_id: await trigger(), view });
    expect(await call('views.push', { trigger_id: await trigger(), view })).toMatchObject({
      error: 'duplicate_external_id',
    });
    expect(await call('views.update', { external_id: 'case-1', view })).toMatchObject({ ok: true });
  });

  it('keep what was typed over an update with the same ids, whatever initial_value says', async () => {
    const { call, trigger, sato } = await officeWithTrigger();
    const kind = (...words: string[]) =>
      input('種別', { type: 'static_select', action_id: 'k', options: words.map(option) }, { block_id: 'k' });
    const opened = objectOf(
      (await call('views.open', { trigger_id: await trigger(), view: modalOf([name, kind('甲', '乙')]) }))
        .view,
    );
    await sato.fill({ 名前: '山田', 種別: '乙' });
    const changed = input(
      '名前',
      { type: 'plain_text_input', action_id: 'name', initial_value: '上書き' },
      { block_id: 'name' },
    );
    await call('views.update', { view_id: opened.id, view: modalOf([changed, kind('甲')]) });
    expect(sato.filledIn).toEqual({ 名前: '山田', 種別: null });
  });
});

describe('the Home tab', () => {
  it('is published for a person and guarded by its hash', async () => {
    const { call, sato } = await officeWithTrigger();
    const view = { type: 'home', blocks: [{ type: 'header', text: plain('こんにちは') }] };
    const published = objectOf((await call('views.publish', { user_id: 'U0SATO', view })).view);
    expect(sato.homeText).toBe('こんにちは');
    expect(await call('views.publish', { user_id: 'U0SATO', view, hash: published.hash })).toMatchObject({
      ok: true,
    });
    expect(await call('views.publish', { user_id: 'U0SATO', view, hash: published.hash })).toMatchObject({
      error: 'hash_conflict',
    });
    expect(await call('views.publish', { user_id: 'U0SATO', view: modalOf([]) })).toMatchObject({
      error: 'invalid_arguments',
    });
  });
});
