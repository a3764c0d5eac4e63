/** What a person answers in a roll-call. */
import type { Coming, Family, ReplyWay, Safety, Whereabouts } from '../words.ts';

export interface Answer {
  safety: Safety;
  /** Null where nothing was said of it. */
  place: Whereabouts | null;
  coming: Coming | null;
  /** When `able`; 1 to 600. */
  comingMinutes: number | null;
  family: Family | null;
}

export interface NewReply {
  rollCallId: string;
  /** Whose answer it is. */
  person: string;
  answer: Answer;
  /** Of a tap, which says how the person is and no more: whatever else was said stands. */
  keepsRest?: boolean;
  way: ReplyWay;
  /** Slack id of who entered it; `link` for the holder of a person's own link, `card:<center>` for a printed card. */
  by: string;
  /** When the person answered; kept between the start and now, whatever a phone's clock says. */
  at: Date;
  /** Of the press or the form: the same again changes nothing. */
  key: string;
}
