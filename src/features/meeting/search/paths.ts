/** The address of the search. */
export const SEARCH_PATH = '/meetings/search';
