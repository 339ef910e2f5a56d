/**
 * CDATA sections taken out of a document before the XML tokenizer reads it, and put back into the text it reports. The tokenizer goes
 * character by character; finding "]]>" and copying the rest is what the engine does fastest.
 */

const OPEN = '\ufdd2';
const CLOSE = '\ufdd3';
/** Shorter sections are cheaper left where they are. */
const WORTH_CARRYING = 24;

export class CarriedText {
  /** The document with a short reference in the place of each section. */
  readonly source: string;
  readonly #sections: readonly string[];

  private constructor(source: string, sections: readonly string[]) {
    this.source = source;
    this.#sections = sections;
  }

  /** Takes the sections out. Comments are stepped over; a document that holds our reference characters is left alone. */
  static from(document: string): CarriedText {
    if (!document.includes('<![CDATA[') || document.includes(OPEN)) return new CarriedText(document, []);
    const parts: string[] = [];
    const sections: string[] = [];
    let copied = 0;
    let at = document.indexOf('<!');
    while (at >= 0) {
      if (document.startsWith('<![CDATA[', at)) {
        const end = document.indexOf(']]>', at + 9);
        if (end < 0) break;
        if (end - at - 9 >= WORTH_CARRYING) {
          parts.push(document.slice(copied, at), OPEN, String(sections.length), CLOSE);
          sections.push(document.slice(at + 9, end));
          copied = end + 3;
        }
        at = document.indexOf('<!', end + 3);
      } else if (document.startsWith('<!--', at)) {
        const end = document.indexOf('-->', at + 4);
        if (end < 0) break;
        at = document.indexOf('<!', end + 3);
      } else {
        at = document.indexOf('<!', at + 2);
      }
    }
    parts.push(document.slice(copied));
    return new CarriedText(sections.length === 0 ? document : parts.join(''), sections);
  }

  /** Text as the tokenizer reports it, with its sections back in place. */
  restore(text: string): string {
    return this.#replace(text, (section) => section);
  }

  /** A piece of the source as it was in the document. */
  restoreSource(source: string): string {
    return this.#replace(source, (section) => `<![CDATA[${section}]]>`);
  }

  #replace(text: string, put: (section: string) => string): string {
    if (this.#sections.length === 0) return text;
    let at = text.indexOf(OPEN);
    if (at < 0) return text;
    let out = '';
    let copied = 0;
    while (at >= 0) {
      const end = text.indexOf(CLOSE, at);
      const section = end < 0 ? undefined : this.#sections[Number(text.slice(at + 1, end))];
      if (section === undefined) break;
      out += text.slice(copied, at) + put(section);
      copied = end + 1;
      at = text.indexOf(OPEN, copied);
    }
    return out + text.slice(copied);
  }
}
