/** 研修 in the menu: what is to come, what others give, and what core staff can do. */

import { japanDate } from '../../../../lib/jst.ts';
import type { RequestContext } from '../../../../slack/app.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../../slack/feature.ts';
import { linksToPage, type ModalView, openModal, type Way } from '../../../../slack/modal.ts';
import { sayTo } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { actorOf } from '../../../directory/gate.ts';
import { noteRefusal } from '../../../directory/noting.ts';
import { titleFault } from '../../detecting/data.ts';
import { listCourses, listProfessions, listTrainings } from '../data.ts';
import { OFFER, OFFER_FORM, offerModal } from '../offering/blocks.ts';
import { listOwnKinds, offerTraining } from '../offering/mutations.ts';
import { readOffer } from '../offering/schema.ts';
import { offeringText } from '../offering/text.ts';
import { OUTSIDE, OUTSIDE_FORM, outsideModal, TAKE_BACK } from '../outside/blocks.ts';
import { announceCourse, takeBackCourse } from '../outside/mutations.ts';
import { readCourseForm } from '../outside/schema.ts';
import { outsideText } from '../outside/text.ts';
import { TRAININGS_PATH } from '../paths.ts';
import { mayAnnounce } from '../rules.ts';
import { SHOWN, trainingsModal } from './blocks.ts';

const WAY: Way = { holds: 'references', page: TRAININGS_PATH };

export const listingInSlack: SlackFeature = {
  presses: {
    'meeting.trainings': async (press) => openModal(press, await listFor(press.context), WAY),
    [OFFER]: pressOffer,
    [OUTSIDE]: pressOutside,
    [TAKE_BACK]: pressTakeBack,
  },
  submissions: { [OFFER_FORM]: submitOffer, [OUTSIDE_FORM]: submitOutside },
};

/** What somebody finds of trainings, in the modal. */
function listFor(context: RequestContext, notices: readonly string[] = []): Promise<ModalView> {
  const links = linksToPage(context.scope, TRAININGS_PATH);
  return trainingsView(context.scope, actorOf(context), { notices, links });
}

/** The same as the page shows it. @param links to pages; none on the page itself */
export async function trainingsView(
  scope: Scope,
  actor: Actor,
  said: Parameters<typeof trainingsModal>[1] = {},
): Promise<ModalView> {
  const { db, now } = scope;
  const [trainings, courses, kinds] = await Promise.all([
    listTrainings(db, actor, now, SHOWN + 1),
    listCourses(db, japanDate(now), SHOWN + 1),
    listOwnKinds(scope, actor),
  ]);
  const offered = { trainings, courses, mayOffer: kinds.length > 0, mayAnnounce: mayAnnounce(actor) };
  return trainingsModal(offered, said);
}

async function pressOffer(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const [[first, ...rest], professions] = await Promise.all([
    listOwnKinds(scope, actor),
    listProfessions(scope.db),
  ]);
  if (!first) {
    await noteRefusal(scope, actor, 'meeting.offer_training');
    return sayTo(scope, press.person, press.channel, { text: offeringText.noKind });
  }
  await openModal(press, offerModal([first, ...rest], professions), WAY);
}

async function submitOffer({ context, viewId, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const read = readOffer(values, scope.now);
  if (!read.ok) return { errors: read.refusal };
  const fault = await titleFault(scope, read.value.title);
  if (fault) return { errors: fault };
  const made = await offerTraining(scope, actor, read.value, `training/${actor.slackUserId}/${viewId}`);
  if (!made.ok) return { errors: { kind: offeringText.notFound } };
  return { update: await listFor(context, [offeringText.done(made.value.reference)]), holds: 'references' };
}

async function pressOutside(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  if (!mayAnnounce(actor)) {
    await noteRefusal(scope, actor, 'training.announce_course');
    return sayTo(scope, press.person, press.channel, { text: outsideText.notFound });
  }
  await openModal(press, outsideModal(await listProfessions(scope.db)), WAY);
}

async function submitOutside({ context, viewId, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const read = readCourseForm(values, scope.now);
  if (!read.ok) return { errors: read.refusal };
  const fault = await titleFault(scope, read.value.title);
  if (fault) return { errors: fault };
  const told = await announceCourse(scope, actor, read.value, `${actor.slackUserId}/${viewId}`);
  if (!told.ok) return { errors: { title: outsideText.notFound } };
  return { update: await listFor(context, [outsideText.done]), holds: 'references' };
}

async function pressTakeBack(press: Press): Promise<void> {
  const taken = await takeBackCourse(press.context.scope, actorOf(press.context), press.value);
  const notice = taken.ok ? outsideText.withdrawn : outsideText.notFound;
  await openModal(press, await listFor(press.context, [notice]), { ...WAY, inModal: 'replace' });
}
