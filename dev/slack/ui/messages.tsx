/** A list of messages, newest below; it stays at the end unless the reader scrolled up. */

import type { Child } from 'hono/jsx/dom';
import { useEffect, useLayoutEffect, useRef } from 'hono/jsx/dom';
import type { Message } from '../client-api.ts';
import { dayOf, millisOf } from './dates.ts';
import { MessageRow } from './message.tsx';

interface Props {
  messages: Message[];
  user: string;
  unreadThreads: string[];
  isInThread: boolean;
  children?: Child;
}

const GROUP_MILLIS = 5 * 60_000;

/** Draws the messages with a line wherever a new day begins; children stand where there is none. */
export function MessageList({ messages, user, unreadThreads, isInThread, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const seenTs = useRef('');
  const last = messages.at(-1);
  const stayAtEnd = () => {
    const list = box.current;
    const hasJustWritten = last?.author === user && last.ts !== seenTs.current;
    seenTs.current = last?.ts ?? '';
    if (list && (isAtEnd.current || hasJustWritten)) list.scrollTop = list.scrollHeight;
  };
  useLayoutEffect(stayAtEnd);
  // When the list is new, it is not on the page yet while layout effects run, and has no height.
  useEffect(stayAtEnd, []);
  const onScroll = () => {
    const list = box.current;
    if (list) isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  };
  return (
    <div class="pane-body messages" ref={box} onScroll={onScroll}>
      {messages.length === 0 && children}
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const day = dayOf(millisOf(message.ts));
        const isNewDay = !before || dayOf(millisOf(before.ts)) !== day;
        return (
          <div key={`${message.ts} ${message.isEphemeral}`}>
            {isNewDay && <p class="day">{day}</p>}
            <MessageRow
              message={message}
              user={user}
              isContinued={!isNewDay && follows(message, before)}
              isInThread={isInThread}
              hasNewReplies={unreadThreads.includes(message.ts)}
            />
          </div>
        );
      })}
    </div>
  );
}

const follows = (message: Message, before: Message): boolean =>
  message.author === before.author &&
  message.isEphemeral === before.isEphemeral &&
  millisOf(message.ts) - millisOf(before.ts) < GROUP_MILLIS;
