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

describe('a modal under another one', () => {
  const area = (initial: string) =>
    input(
      '地区',
      { type: 'plain_text_input', action_id: 'area', initial_value: initial },
      { block_id: 'area' },
    );
  const more = {
    type: 'actions',
    block_id: 'more',
    elements: [{ type: 'button', text: plain('候補を見る'), action_id: 'more' }],
  };

  /** 佐藤 has typed into a modal, and pressed a button in it that pushed a second one. */
  async function pushed() {
    const office = await officeWithTrigger();
    const { call, trigger, sato, inbox } = office;
    const root = objectOf(
      (await call('views.open', { trigger_id: await trigger(), view: modalOf([name, area('東'), more]) }))
        .view,
    );
    await sato.fill({ 名前: '山田' });
    await sato.clickInModal('候補を見る');
    const press = inbox.at(-1)?.content;
    const second = objectOf(
      (
        await call('views.push', {
          trigger_id: press?.trigger_id,
          view: modalOf([name], { title: plain('候補') }),
        })
      ).view,
    );
    return { ...office, root, press, second };
  }

  it('is named by the one above, and a press in it carries what was typed', async () => {
    const { root, press, second } = await pushed();
    expect(press).toMatchObject({
      type: 'block_actions',
      container: { type: 'view', view_id: root.id },
      view: {
        id: root.id,
        previous_view_id: null,
        state: { values: { name: { name: { value: '山田' } }, area: { area: { value: '東' } } } },
      },
    });
    expect(second).toMatchObject({ root_view_id: root.id, previous_view_id: root.id });
  });

  it('is shown again as it was, with what was typed, when the one above is closed or sent', async () => {
    for (const leave of ['closeModal', 'submit'] as const) {
      const { sato } = await pushed();
      await sato.fill({ 名前: '別の人' });
      await sato[leave]();
      expect(sato.modals).toHaveLength(1);
      expect(sato.filledIn).toEqual({ 名前: '山田', 地区: '東' });
    }
  });

  it('can be updated from above: what was typed stays, what is new takes its initial value', async () => {
    const { sato, call, root, second } = await pushed();
    const changed = modalOf([
      area('西'),
      input(
        '電話',
        { type: 'plain_text_input', action_id: 'tel', initial_value: '未確認' },
        { block_id: 'tel' },
      ),
      input(
        '地区名',
        { type: 'plain_text_input', action_id: 'area2', initial_value: '北' },
        { block_id: 'name' },
      ),
    ]);
    expect(await call('views.update', { view_id: root.id, hash: root.hash, view: changed })).toMatchObject({
      ok: true,
      view: { id: root.id, root_view_id: root.id },
    });
    expect(sato.modal?.id).toBe(second.id);
    await sato.closeModal();
    expect(sato.filledIn).toEqual({ 地区: '東', 電話: '未確認', 地区名: '北' });
  });

  it('takes a new value when the app gives the input a new block_id', async () => {
    const { sato, call, root } = await pushed();
    await sato.closeModal();
    const renamed = input(
      '名前',
      { type: 'plain_text_input', action_id: 'name', initial_value: '山田 花子' },
      { block_id: 'name-2' },
    );
    await call('views.update', { view_id: root.id, view: modalOf([renamed]) });
    expect(sato.filledIn).toEqual({ 名前: '山田 花子' });
  });

  it('is gone with all the others when the answer to a submission clears the stack', async () => {
    const { sato, app } = await pushed();
    app.handler = () => Response.json({ response_action: 'clear' });
    await sato.fillAndSubmit({ 名前: '別の人' });
    expect(sato.modals).toEqual([]);
  });

  it('stays when an answer wants a fourth modal, or a second one with the same external_id', async () => {
    const { sato, app, call, inbox } = await pushed();
    const answer = (view: ReturnType<typeof modalOf>) => () =>
      Response.json({ response_action: 'push', view });
    app.handler = answer(modalOf([name], { external_id: 'third' }));
    await sato.fillAndSubmit({ 名前: '二' });
    expect(sato.modals).toHaveLength(3);
    await sato.fill({ 名前: '三' });
    expect((await sato.submit()).problem).toContain('push_limit_reached');
    app.handler = () => Response.json({ response_action: 'errors', errors: { name: '漢字で' } });
    expect(await sato.submit()).toMatchObject({ errors: { 名前: '漢字で' } });
    await sato.closeModal();
    app.handler = () => undefined;
    await sato.closeModal();
    const trigger_id = inbox.at(-1)?.content.trigger_id;
    await call('views.push', { trigger_id, view: modalOf([name], { external_id: 'other' }) });
    app.handler = answer(modalOf([name], { external_id: 'other' }));
    expect((await sato.fillAndSubmit({ 名前: '四' })).problem).toContain('duplicate_external_id');
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
