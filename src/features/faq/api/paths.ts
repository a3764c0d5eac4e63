/** Where other programs ask. */
export const FAQ_SEARCH_PATH = '/api/faq/search';
