/** What is asked in chat stays with who asked it, in either kind of city; and is forgotten in time. */
import { expect, test } from 'vitest';
import { askBy, asks, locked, told } from '../../support/asking.ts';
import { foundIn } from '../../support/canaries.ts';
import { closeHouse } from '../../support/closing.ts';
import { openHouse } from '../../support/house.ts';
import { CHANNELS, PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';
import { linksIn, strictHouse } from '../../support/strict.ts';

const channel = CHANNELS.general;

test('what is asked stands nowhere in the clear: not in Slack, logs or the database; after a day not even as it was typed', async () => {
  const CANARY = 'カナリア橙色の金庫';
  const PHONE = '0463-21-9988';
  for (const open of [openHouse, strictHouse]) {
    const house = await open();
    await locked(house);
    const words = `${CANARY} ${PHONE} 高橋サチエさん 鍵が開かない`;
    const hanako = house.slack.as(PEOPLE.hanako);
    const answer = await askBy(house, PEOPLE.hanako, words);
    await hanako.slash(words, { channel });
    for (const label of ['全文を読む', '役に立った', '役に立たなかった']) {
      await hanako.click(answer, label);
      await house.slack.settled();
    }
    await house.delivered();
    await hanako.openHome();
    await house.slack.waitFor(() => hanako.home);
    const isStrict = house.city.personalDataEntry === 'web';
    if (isStrict) {
      // There words go into pages alone: the box leads there, and so does the consultation, which finds them by the question's id.
      expect(linksIn(hanako.home)).toContain('/faq');
      await hanako.slash('faq', { channel });
      expect(linksIn(hanako.ephemerals.at(-1)?.blocks)).toEqual(['/faq']);
      while (hanako.modal) await hanako.closeModal();
      await hanako.click(answer, '基幹型に相談する');
      const link = await told(house, PEOPLE.hanako, '相談の入力');
      expect(hanako.modal).toBeUndefined();
      const [first] = await asks();
      expect(linksIn(link.blocks)).toEqual([`/faq/asks/${first?.id}/consult`]);
    }
    const { traffic } = house.slack;
    const left = [
      ...traffic.filter(({ direction }) => direction === 'from-app').map(({ request }) => request),
      ...traffic.filter(({ direction }) => direction === 'to-app').map(({ answer }) => answer),
    ];
    expect(left.length).toBeGreaterThan(6);
    for (const place of [JSON.stringify(left), house.logs.join('\n'), await everythingStored()])
      expect(foundIn([CANARY, PHONE, 'サチエ'], place)).toEqual([]);
    expect((await asks()).every(({ typed }) => typed !== null)).toBe(true);
    const later = new Date(Date.now() + 25 * 3_600_000);
    await house.cron(later.setUTCMinutes(5, 0, 0));
    expect((await asks()).every(({ typed }) => typed === null)).toBe(true);
    await house.cron(later.setUTCFullYear(later.getUTCFullYear() + 4) && later.setUTCMinutes(6));
    expect(await asks()).toEqual([]);
    await closeHouse();
  }
});
