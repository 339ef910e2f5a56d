/** Sizes of a page. */

/** Rows of a page when the client does not say. */
export const PAGE_DEFAULT = 20;
/** Rows of a page at most. */
export const PAGE_MAX = 100;
/** Where counting a list stops. */
export const COUNT_MAX = 10_000;
