/** All of 会議 in Slack: which word, button and form leads where. Permission is asked in the mutations, never here. */
import type { SlackFeature } from '../../slack/feature.ts';
import { agendaInSlack } from './agenda/slack.ts';
import { attendanceInSlack } from './attendance/slack.ts';
import { calendarInSlack } from './calendar/slack.ts';
import { callingInSlack } from './calling/slack.ts';
import { changingInSlack } from './changing/slack.ts';
import { issuesInSlack } from './issues/slack.ts';
import { kindsInSlack } from './kinds/slack.ts';
import { menuInSlack } from './menu/slack.ts';
import { openingInSlack } from './opening/slack.ts';
import { planningInSlack } from './planning/slack.ts';
import { pollInSlack } from './poll/slack.ts';
import { promisesInSlack } from './promises/slack.ts';
import { searchInSlack } from './search/slack.ts';
import { trainingInSlack } from './training/slack.ts';

export const meetingInSlack: readonly SlackFeature[] = [
  menuInSlack,
  openingInSlack,
  callingInSlack,
  planningInSlack,
  pollInSlack,
  attendanceInSlack,
  changingInSlack,
  agendaInSlack,
  promisesInSlack,
  searchInSlack,
  trainingInSlack,
  issuesInSlack,
  calendarInSlack,
  kindsInSlack,
];
