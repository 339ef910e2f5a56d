/** Foreign texts on a terminal. */

/**
 * Characters that a terminal would obey instead of showing: control characters, and those that turn the direction of
 * writing round. A text of the press has none; one that was made to deceive has.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant.
const COMMANDS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with nothing in it that commands the terminal; line breaks stay, tabs become spaces. */
export const withoutCommands = (text: string): string =>
  text.replaceAll('\t', ' ').replace(COMMANDS, '\ufffd');
