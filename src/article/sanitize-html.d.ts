/** The part of sanitize-html that `body.ts` uses; the package ships no types of its own. */
declare module 'sanitize-html' {
  type Attributes = Record<string, string>;
  interface Frame {
    readonly tag: string;
    readonly attribs: Attributes;
    readonly text: string;
  }
  interface Options {
    readonly allowedTags?: readonly string[];
    readonly nonTextTags?: readonly string[];
    readonly allowedAttributes?: Readonly<Record<string, readonly string[]>>;
    readonly allowedSchemes?: readonly string[];
    readonly allowedSchemesByTag?: Readonly<Record<string, readonly string[]>>;
    readonly allowProtocolRelative?: boolean;
    readonly disallowedTagsMode?: 'discard' | 'completelyDiscard' | 'escape';
    readonly transformTags?: Readonly<
      Record<
        string,
        (tagName: string, attribs: Attributes) => { readonly tagName: string; readonly attribs: Attributes }
      >
    >;
    readonly exclusiveFilter?: (frame: Frame) => boolean;
  }
  export default function sanitizeHtml(html: string, options?: Options): string;
}
