/** The App Home tab, as the app last published it for this person. */
import { Blocks } from './block-kit.tsx';
import { type Json, objectsAt } from './json.ts';
import { act } from './store.ts';
import { text } from './text.ts';

/** The tab's blocks, or a line that says that there are none yet. */
export function Home({ user, home }: { user: string; home: Json | null }) {
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
  const surface = {
    id: 'home',
    errors: {},
    send: (blockId: string, actionId: string, value: Json) =>
      act({ act: 'home-action', user, blockId, actionId, value }),
  };
  return (
    <div class="pane-body home">
      <Blocks key={user} blocks={objectsAt(home, 'blocks')} surface={surface} />
    </div>
  );
}
