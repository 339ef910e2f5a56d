/** WebSocket frames around bytes that many clients share. */

const CLOSING_BRACE = 0x7d;
/** A text message in one frame (RFC 6455, section 5.2: FIN, opcode 1); a server masks nothing. */
const TEXT = 0x81;

/** Where a message of this length begins in its frame. */
const headerOf = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10);

/**
 * Text frames, each of `head`, a body and a closing brace, in one piece: one copy of a few hundred bytes each, and one write
 * for all.
 */
export function encodeTextFrames(head: Buffer, bodies: readonly Buffer[]): Buffer {
  let total = 0;
  for (const body of bodies) {
    const length = head.length + body.length + 1;
    total += headerOf(length) + length;
  }
  const frames = Buffer.allocUnsafe(total);
  let at = 0;
  for (const body of bodies) {
    const length = head.length + body.length + 1;
    const offset = headerOf(length);
    frames[at] = TEXT;
    if (offset === 2) frames[at + 1] = length;
    else if (offset === 4) {
      frames[at + 1] = 126;
      frames.writeUInt16BE(length, at + 2);
    } else {
      frames[at + 1] = 127;
      frames.writeBigUInt64BE(BigInt(length), at + 2);
    }
    at += offset;
    frames.set(head, at);
    frames.set(body, at + head.length);
    at += length;
    frames[at - 1] = CLOSING_BRACE;
  }
  return frames;
}
