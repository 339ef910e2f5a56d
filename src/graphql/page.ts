/** Sizes of a page. */

/** Rows of a page when the client does not say. */
export const PAGE_DEFAULT = 20;
/** Rows of a page at most. */
export const PAGE_MAX = 100;
/** Rows that one list of lists may come to: 100 articles with 100 mentions each, and as much again. */
export const NESTED_ROWS_MAX = 20_000;
/** Where counting a list stops. */
export const COUNT_MAX = 10_000;
