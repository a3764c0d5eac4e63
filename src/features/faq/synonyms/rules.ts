/** What of a group of synonyms can be searched. Pure. */
import { foldForSearch } from '../search/folding.ts';

/** Its words folded, each once; a single letter would be found in every other word. None when fewer than two are left to mean the same. */
export function searchableWords(group: readonly string[]): string[] {
  const words = [...new Set(group.map(foldForSearch).filter((word) => word.length > 1))];
  return words.length > 1 ? words : [];
}
