/** The App Home tab, as the app last published it for this person. */
import { Blocks } from './block-kit.tsx';
import { homeFormOf, viewState } from './form-state.ts';
import { type Json, objectsAt } from './json.ts';
import { act, suggest } from './store.ts';
import type { Surface } from './surface.ts';
import { text } from './text.ts';

/** The tab's blocks, or a line that says that there are none yet. */
export function Home({ user, home, viewId }: { user: string; home: Json | null; viewId: string }) {
  if (!home) {
    return (
      <div class="pane-body">
        <div class="empty">
          <p>{text.homeEmpty}</p>
          <p class="faint">{text.homeEmptyHint}</p>
        </div>
      </div>
    );
  }
  const form = homeFormOf(user);
  const blocks = objectsAt(home, 'blocks');
  form.keepOnly(blocks);
  const surface: Surface = {
    id: 'home',
    form,
    errors: {},
    send: (blockId, actionId, value) =>
      act({ act: 'home-action', user, blockId, actionId, value, state: viewState(form, blocks) }),
    suggest: (blockId, actionId, value) => suggest({ user, viewId, blockId, actionId, value }),
  };
  return (
    <div class="pane-body home">
      <Blocks key={user} blocks={blocks} surface={surface} />
    </div>
  );
}
