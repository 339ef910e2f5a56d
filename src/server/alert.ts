/** An alert as bytes: rendered once, written to everybody who asked for the same. */
export class Alert {
  /** Its place in the log. */
  readonly cursor: string;
  /** Bytes of UTF-8 that it takes up, nearly. */
  readonly size: number;
  readonly #json: string;
  #payload: Buffer | null = null;

  /** `json` is an execution result without extensions. */
  constructor(cursor: string, json: string) {
    this.cursor = cursor;
    this.#json = json;
    this.size = 2 * json.length + 200;
  }

  /** The execution result in JSON. */
  get payload(): Buffer {
    this.#payload ??= Buffer.from(this.#json);
    return this.#payload;
  }

  /** The event of an SSE stream, by graphql-sse’s distinct connections mode, with an id. */
  get event(): string {
    return `id: ${this.cursor}\nevent: next\ndata: ${this.#json}\n\n`;
  }

  /** The same for a client that fell behind then, and is told so. */
  lagged(since: Date): Alert {
    const notice = `"extensions":{"lagged":{"since":"${since.toISOString()}"}}`;
    return new Alert(this.cursor, `${this.#json.slice(0, -1)},${notice}}`);
  }
}
