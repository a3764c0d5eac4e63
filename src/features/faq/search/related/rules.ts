/** Which words an answer may have where a question has others. Pure. */
import { foldLetters } from '../folding.ts';
import { RELATED_WORDS } from './words.ts';

interface Relation {
  said: readonly string[];
  written: readonly string[];
}

let relations: readonly Relation[] | undefined;

/** Folded as a whole: word by word it would take as long as several searches. */
function readRelations(): readonly Relation[] {
  return foldLetters(RELATED_WORDS)
    .trim()
    .split('\n')
    .map((line) => {
      const [said = '', written = ''] = line.split(' > ');
      return { said: said.split(' '), written: written.split(' ') };
    });
}

/** For each thing that a folded question mentions in words of its own: how offices write about it, folded. */
export function relatedTo(folded: string): (readonly string[])[] {
  relations ??= readRelations();
  return relations
    .filter(({ said }) => said.some((word) => folded.includes(word)))
    .map(({ written }) => written);
}
