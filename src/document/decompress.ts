/** Undoes Content-Encoding, believing the bytes more than the header. */
import { promisify } from 'node:util';
import zlib from 'node:zlib';

export type Decompressed =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly reason: 'TOO_LARGE' | 'BAD_ENCODING'; readonly message: string };

const gunzip = promisify(zlib.gunzip);
const inflate = promisify(zlib.inflate);
const inflateRaw = promisify(zlib.inflateRaw);
const brotli = promisify(zlib.brotliDecompress);

/** Encodings applied one over the other that are undone; a header that names more is lying or hostile. */
const MAX_LAYERS = 3;

/**
 * Decodes a body of at most `maxBytes` decoded bytes. A body that is not compressed although the header says so is taken as it is, one
 * that is compressed in another way than the header says is unpacked as it is, and a stream cut short gives what can be had of it.
 */
export async function decompress(
  body: Uint8Array,
  contentEncoding: string | null,
  maxBytes: number,
): Promise<Decompressed> {
  const layers = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((layer) => layer.trim())
    .filter((layer) => layer === 'gzip' || layer === 'x-gzip' || layer === 'deflate' || layer === 'br')
    .reverse();
  if (layers.length > MAX_LAYERS) {
    return { ok: false, reason: 'BAD_ENCODING', message: `${layers.length} layers of compression` };
  }
  let bytes = body;
  try {
    for (const layer of layers) bytes = await undo(bytes, layer, maxBytes);
    if (isGzip(bytes)) bytes = await undo(bytes, 'gzip', maxBytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      return {
        ok: false,
        reason: 'TOO_LARGE',
        message: `body exceeds ${maxBytes} bytes once unpacked`,
      };
    }
    const layer = contentEncoding ?? 'gzip';
    return { ok: false, reason: 'BAD_ENCODING', message: `body is no valid ${layer.slice(0, 40)}` };
  }
  return { ok: true, body: bytes };
}

async function undo(bytes: Uint8Array, layer: string, maxBytes: number): Promise<Uint8Array> {
  if (bytes.byteLength === 0) return bytes;
  const options = { maxOutputLength: maxBytes, finishFlush: zlib.constants.Z_SYNC_FLUSH };
  if (isGzip(bytes)) return gunzip(bytes, options);
  if (looksLikeText(bytes)) return bytes;
  if (layer === 'br') {
    return brotli(bytes, { maxOutputLength: maxBytes, finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH });
  }
  if (isZlib(bytes)) return inflate(bytes, options);
  // Servers disagree on whether "deflate" has zlib's two-byte header.
  return layer === 'deflate' ? inflateRaw(bytes, options) : bytes;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function isZlib(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

/** Markup or JSON: an optional byte order mark of UTF-8 or UTF-16, white space, then "<", "{" or "[". */
function looksLikeText(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64));
  return /^(?:ï»¿|ÿþ|þÿ)?[\s\0]*[<{[]/.test(head);
}
