/** The addresses of residents' requests. */
export const REQUESTS_PATH = '/requests';
