/**
 * GET /api/faq/search?q=…&limit=…: the FAQ's search for other programs, by a token. What is asked goes into no log and no table.
 */
import { logError } from '../../../lib/log.ts';
import type { Scope } from '../../../slack/scope.ts';
import { isAdmitted } from '../../../web/api-tokens.ts';
import { findForPrograms } from './data.ts';
import { apiText as text } from './text.ts';

const MOST = 50;
const USUAL = 10;

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
} as const;

/**
 * Answers a program: a list, best first; 401 for whoever has no valid token, 503 while nothing can be searched. No question is
 * refused: what holds no word finds nothing.
 */
export async function answerFaqSearch(scope: Scope, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return answer({ error: text.wrongMethod }, 405, { allow: 'GET, HEAD' });
  const header = request.headers.get('authorization') ?? undefined;
  if (!(await isAdmitted(scope.db, header, 'faq:read', scope.now)))
    return answer({ error: text.noToken }, 401, { 'www-authenticate': 'Bearer realm="kikan"' });
  if (!scope.faqIndex) return answer({ error: text.noIndex }, 503);
  const { searchParams } = new URL(request.url);
  const asked = { text: searchParams.get('q') ?? '', limit: limitOf(searchParams.get('limit')) };
  const found = await findOrSay(scope, scope.faqIndex, asked);
  if (found === 'failed') return answer({ error: text.failed }, 503, { 'retry-after': '60' });
  return found ? answer(found, 200) : answer({ error: text.notReady }, 503, { 'retry-after': '60' });
}

/** An index that fails is told like one that is not there: programs ask again. */
async function findOrSay(...asked: Parameters<typeof findForPrograms>) {
  try {
    return await findForPrograms(...asked);
  } catch (error) {
    logError('faq.search_failed', error);
    return 'failed' as const;
  }
}

/** What is no number is as if it was not said; the rest is brought between 1 and 50. */
function limitOf(asked: string | null): number {
  const number = asked === null || asked.trim() === '' ? Number.NaN : Number(asked);
  return Number.isNaN(number) ? USUAL : Math.min(MOST, Math.max(1, Math.trunc(number)));
}

function answer(body: object, status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { ...HEADERS, ...headers } });
}
