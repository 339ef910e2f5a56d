/** WebSocket frames around bytes that many clients share. */

const CLOSING_BRACE = 0x7d;
/** A text message in one frame (RFC 6455, section 5.2: FIN, opcode 1); a server masks nothing. */
const TEXT = 0x81;

/** One text frame of `head`, `body` and a closing brace, in one piece: one copy of a few hundred bytes, one write. */
export function encodeTextFrame(head: Buffer, body: Buffer): Buffer {
  const length = head.length + body.length + 1;
  const offset = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(offset + length);
  frame[0] = TEXT;
  if (offset === 2) frame[1] = length;
  else if (offset === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(head, offset);
  frame.set(body, offset + head.length);
  frame[offset + length - 1] = CLOSING_BRACE;
  return frame;
}
