/** One message: author, time, words or blocks, replies, and what its author can do with it. */
import { useRef, useState } from 'hono/jsx/dom';
import type { Message } from '../client-api.ts';
import { Blocks } from './block-kit.tsx';
import { ask } from './confirm.tsx';
import { clock, dayAndClock, millisOf } from './dates.ts';
import type { Json } from './json.ts';
import { Menu } from './menu.tsx';
import { Mrkdwn, typedOf } from './mrkdwn.tsx';
import { Avatar } from './people.tsx';
import { act, directory, go, suggest } from './store.ts';
import type { Surface } from './surface.ts';
import { text } from './text.ts';

interface Props {
  message: Message;
  user: string;
  /** Follows a message of the same author closely: no name is shown again. */
  isContinued: boolean;
  isInThread: boolean;
  hasNewReplies: boolean;
}

/** A row of the conversation or of the thread panel. */
export function MessageRow({ message, user, isContinued, isInThread, hasNewReplies }: Props) {
  const [isEditing, setEditing] = useState(false);
  const { channel, ts, author, authorName, isBot, isEphemeral } = message;
  const openThread = () => go({ channel, thread: message.threadTs ?? ts });
  const remove = async () => {
    const question = {
      title: { text: text.deleteTitle },
      text: { text: text.deleteQuestion },
      confirm: { text: text.delete },
      style: 'danger',
    };
    if (await ask(question)) await act({ act: 'delete', user, channel, ts });
  };
  const isMine = author === user && !isBot && !isEphemeral;
  const canReply = !isInThread && !isEphemeral;
  const items = [
    ...(canReply ? [{ label: text.replyInThread, onPick: openThread }] : []),
    ...(isEphemeral
      ? [{ label: text.dismiss, onPick: () => void act({ act: 'delete', user, channel, ts }) }]
      : []),
    ...(isMine ? [{ label: text.edit, onPick: () => setEditing(true) }] : []),
    ...(isMine ? [{ label: text.delete, isDanger: true, onPick: () => void remove() }] : []),
  ];
  const className = ['message', isContinued && 'is-continued', isEphemeral && 'is-ephemeral'].filter(Boolean);
  return (
    <article class={className.join(' ')} data-ts={ts}>
      {isContinued ? (
        <time class="message-side-time">{clock(millisOf(ts))}</time>
      ) : (
        <Avatar id={author} name={authorName} isBot={isBot} />
      )}
      <div class="message-main">
        {isEphemeral && <p class="only-you">{text.onlyYou}</p>}
        {message.isBroadcast && <BroadcastMark isInThread={isInThread} onOpen={openThread} />}
        {!isContinued && <Head message={message} />}
        {isEditing ? (
          <Editor message={message} user={user} onDone={() => setEditing(false)} />
        ) : (
          <Body message={message} user={user} isInThread={isInThread} />
        )}
        {message.replyCount > 0 && !isInThread && (
          <Replies message={message} hasNew={hasNewReplies} onOpen={openThread} />
        )}
      </div>
      {items.length > 0 && !isEditing && (
        <div class="message-tools">
          <Menu label={text.messageMenu} items={items} />
        </div>
      )}
    </article>
  );
}

/** Says of a reply that it stands in the channel too, or leads from there to its thread. */
function BroadcastMark({ isInThread, onOpen }: { isInThread: boolean; onOpen: () => void }) {
  if (isInThread) return <p class="broadcast faint">{text.inChannelToo}</p>;
  return (
    <button type="button" class="broadcast" onClick={onOpen}>
      {text.answeredInThread}
    </button>
  );
}

function Head({ message }: { message: Message }) {
  const { author, authorName, isBot, ts } = message;
  const title = directory().people.find((person) => person.id === author)?.title;
  return (
    <p class="message-head">
      <strong>{authorName}</strong>
      {isBot && <span class="badge">{text.appMark}</span>}
      {title && <span class="message-title">{title}</span>}
      <time title={dayAndClock(millisOf(ts))}>{clock(millisOf(ts))}</time>
    </p>
  );
}

interface RepliesProps {
  message: Message;
  hasNew: boolean;
  onOpen: () => void;
}

function Replies({ message, hasNew, onOpen }: RepliesProps) {
  return (
    <button type="button" class={hasNew ? 'replies is-new' : 'replies'} onClick={onOpen}>
      <span>{text.replies(message.replyCount)}</span>
      {hasNew && <span class="badge is-me">{text.newReplies}</span>}
      {message.lastReplyTs && (
        <span class="faint">{text.lastReply(dayAndClock(millisOf(message.lastReplyTs)))}</span>
      )}
    </button>
  );
}

function Body({ message, user, isInThread }: { message: Message; user: string; isInThread: boolean }) {
  const { channel, ts, blocks } = message;
  const edited = message.editedAt !== undefined && <span class="edited">{text.edited}</span>;
  if (!blocks?.length) {
    return (
      <div class="message-text">
        <Mrkdwn source={message.text} />
        {edited}
      </div>
    );
  }
  const surface: Surface = {
    // A parent is drawn twice while its thread is open.
    id: `${isInThread ? 'reply' : 'message'}-${ts}`,
    errors: {},
    send: (blockId: string, actionId: string, value: Json) =>
      act({ act: 'message-action', user, channel, ts, blockId, actionId, value }),
    suggest: (blockId, actionId, value) => suggest({ user, channel, ts, blockId, actionId, value }),
  };
  return (
    <div class="message-text">
      <Blocks blocks={blocks} surface={surface} />
      {edited}
    </div>
  );
}

function Editor({ message, user, onDone }: { message: Message; user: string; onDone: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const save = async () => {
    const words = field.current?.value.trim();
    if (!words) return;
    const { channel, ts } = message;
    if (await act({ act: 'edit', user, channel, ts, text: words })) onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') onDone();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void save();
  };
  return (
    <div class="editor">
      <textarea
        ref={field}
        class="control"
        rows={3}
        aria-label={text.editLabel}
        value={typedOf(message.text)}
        onKeyDown={onKeyDown}
      />
      <p>
        <button type="button" class="button" onClick={onDone}>
          {text.cancel}
        </button>
        <button type="button" class="button is-primary" onClick={() => void save()}>
          {text.save}
        </button>
      </p>
    </div>
  );
}
