/** The content of a message, checked as Slack checks it: text, blocks, metadata and their sizes. */
import { MAX_MESSAGE_WEIGHT, messageProblems, messageWeight, withIds } from '../block-kit/surfaces.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Arguments } from './arguments.ts';
import { SlackError } from './slack-error.ts';

const MAX_TEXT = 40_000;

export interface Content {
  text?: string;
  blocks?: JsonObject[];
  attachments?: unknown[];
  metadata?: JsonObject;
}

/** What the call wants to show; throws `SlackError` where Slack would refuse it. Absent fields stay absent. */
export function readContent(args: Arguments): Content {
  const content: Content = {};
  const text = args.text('text');
  if (text !== undefined) content.text = text;
  if ((text ?? '').length > MAX_TEXT) throw new SlackError('msg_too_long');
  const blocks = readBlocks(args);
  if (blocks) content.blocks = blocks;
  const attachments = args.json('attachments', 'invalid_attachments');
  if (attachments !== undefined) {
    if (!Array.isArray(attachments)) throw new SlackError('invalid_attachments');
    if (attachments.length > 100) throw new SlackError('too_many_attachments');
    content.attachments = attachments;
  }
  const metadata = readMetadata(args);
  if (metadata) content.metadata = metadata;
  return content;
}

/** Whether there is anything to see. */
export function isEmpty(content: Content): boolean {
  return !content.text && !content.blocks?.length && !content.attachments?.length;
}

function readBlocks(args: Arguments): JsonObject[] | undefined {
  const blocks = args.json('blocks', 'invalid_blocks_format');
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  const problems = messageProblems(blocks);
  if (problems.length > 0) throw new SlackError('invalid_blocks', problems);
  if (messageWeight(blocks) > MAX_MESSAGE_WEIGHT) throw new SlackError('msg_blocks_too_long');
  return withIds(blocks);
}

function readMetadata(args: Arguments): JsonObject | undefined {
  const metadata = args.json('metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (!isObject(metadata)) throw new SlackError('invalid_metadata_format');
  const { event_type, event_payload } = metadata;
  if (typeof event_type !== 'string' || event_type === '' || !isObject(event_payload)) {
    throw new SlackError('invalid_metadata_schema');
  }
  return metadata;
}
