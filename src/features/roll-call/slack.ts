/** All of 点呼 in Slack: which word, button and form leads where. Permission is asked in the mutations, never here. */
import type { SlackFeature } from '../../slack/feature.ts';
import { answeringInSlack } from './answering/slack.ts';
import { endingInSlack } from './ending/slack.ts';
import { helpingInSlack } from './helping/slack.ts';
import { lessonsInSlack } from './lessons/slack.ts';
import { menuInSlack } from './menu/slack.ts';
import { openingInSlack } from './opening/slack.ts';
import { priorityInSlack } from './priority/slack.ts';
import { reportingInSlack } from './reporting/slack.ts';
import { plannedInSlack } from './starting/planned/slack.ts';
import { startingInSlack } from './starting/slack.ts';

export const rollCallInSlack: readonly SlackFeature[] = [
  menuInSlack,
  startingInSlack,
  plannedInSlack,
  openingInSlack,
  answeringInSlack,
  helpingInSlack,
  reportingInSlack,
  priorityInSlack,
  endingInSlack,
  lessonsInSlack,
];
