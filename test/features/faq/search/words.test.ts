/** How texts are folded and questions taken apart: pure. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conceptsOf, soundKeys, synonymKeys } from '../../../../src/features/faq/search/concepts.ts';
import {
  foldForSearch,
  foldLetters,
  kanjiOf,
  pairsOf,
  phraseOf,
} from '../../../../src/features/faq/search/folding.ts';
import { readQuestion } from '../../../../src/features/faq/search/question.ts';
import { explainRun, readingsOf } from '../../../../src/features/faq/search/readings/rules.ts';
import { relatedTo } from '../../../../src/features/faq/search/related/rules.ts';
import { RELATED_WORDS } from '../../../../src/features/faq/search/related/words.ts';
import { searchableWords } from '../../../../src/features/faq/synonyms/rules.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('folding', () => {
  test.each([
    ['ﾃﾞｲｻｰﾋﾞｽ', 'デイサービス'],
    ['ケアマネージャー', 'ケアマネジャー'],
    ['髙齢者', '高齢者'],
    ['ＢＣＰ', 'bcp'],
    ['要介護１', '要介護1'],
    ['申\u200B請', '申請'],
  ])('%s and %s are one', (one, other) => {
    expect(foldForSearch(one)).toBe(foldForSearch(other));
  });

  test('a folded text folded again stays as it is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldForSearch(text);
        expect(foldForSearch(folded)).toBe(folded);
      }),
      { numRuns: 100 },
    );
  });

  test('letters are paired within a run, words of Latin letters and numbers stay whole', () => {
    expect(pairsOf('介護保険 8050問題 鍵')).toEqual(['介護', '護保', '保険', '8050', '問題', '鍵']);
    expect(kanjiOf('鍵が開かない')).toEqual(['鍵', '開']);
  });

  test('a phrase holds nothing that FTS5 would read as its own', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(phraseOf(foldForSearch(text)) ?? '""').toMatch(/^"[^"]*"$/u);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a question', () => {
  test('loses the words that only ask', () => {
    expect(readQuestion('介護保険の申請について教えてください').words).toEqual(['介護', '保険', '申請']);
    expect(readQuestion('教えてください').text).not.toBe('');
  });

  test('of marks alone is empty', () => {
    expect(readQuestion('"*()🙂\ud83d').text).toBe('');
  });

  test('has the longest term that has synonyms as one thing', () => {
    const question = readQuestion('地域包括支援センターの委託');
    expect(synonymKeys(question)).toContain('地域包括支援センタ');
    const [term, ...others] = conceptsOf(
      question,
      [
        { word: '包括', words: ['包括', '地域包括支援センタ'] },
        { word: '地域包括支援センタ', words: ['地域包括支援センタ', '包括'] },
      ],
      [],
    ).filter(({ kind }) => kind === 'word');
    expect(term?.variants.map(({ text }) => text)).toEqual(['地域包括支援センタ', '包括']);
    expect(others.flatMap(({ variants }) => variants.map(({ text }) => text))).toEqual(['委託']);
  });

  test('in everyday words leads to those of offices', () => {
    expect(relatedTo('引っ越してきました').flat()).toContain('転入届');
    expect(relatedTo('様式').flat()).not.toContain('転入届');
  });
});

test('each related word is one that a folded text can hold', () => {
  const lines = RELATED_WORDS.trim().split('\n');
  expect(lines.length).toBeGreaterThan(400);
  for (const line of lines) {
    expect(line).toMatch(/^[^>]+ > [^>]+$/u);
    for (const word of line.replace(' > ', ' ').split(' '))
      expect(foldForSearch(word)).toBe(foldLetters(word));
  }
});

describe('readings', () => {
  test('of compounds are those of their kanji, as they sound together', () => {
    expect(readingsOf('介護')).toContain('かいご');
    expect(readingsOf('学校')).toContain('がっこう');
    expect(readingsOf('発表')).toContain('はっぴょう');
    expect(readingsOf('🙂介')).toEqual([]);
  });

  test('a run of kana is the fewest and longest words that explain it', () => {
    const known = new Map([
      ['かい', ['会']],
      ['かいご', ['介護']],
      ['ほけん', ['保険', '保健']],
      ['けん', ['件']],
    ]);
    expect(explainRun('かいごほけん', known)).toEqual([['介護'], ['保険', '保健']]);
    expect(explainRun('んんん', known)).toEqual([]);
  });

  test('are asked for when only kana was typed, and for pairs of kanji', () => {
    expect(soundKeys(readQuestion('かいご'))).toContain('かいご');
    expect(soundKeys(readQuestion('介後の認定'))).toContain('かいご');
    expect(soundKeys(readQuestion('ごみの袋'))).not.toContain('ごみ');
  });
});

test('groups of synonyms are searched folded, each word once, single letters left out', () => {
  expect(searchableWords(['ケアマネージャー', 'ケアマネジャー', 'CM', '師'])).toEqual(['ケアマネジャ', 'cm']);
  expect(searchableWords(['虐待', '虐待', '師'])).toEqual([]);
});
