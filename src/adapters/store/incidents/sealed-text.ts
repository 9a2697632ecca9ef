import {crc32} from 'node:zlib'

const LINE_BREAK = 0x0a

/** A line with the CRC-32 of the rest before it. */
export function sealed(text: string): string {
  return `${crc32(text).toString(16)}\n${text}`
}

/** null: it is not what was written. */
export function unsealed(content: Buffer): Buffer | null {
  const end = content.indexOf(LINE_BREAK)
  const body = content.subarray(end + 1)
  return end === -1 || content.toString('latin1', 0, end) !== crc32(body).toString(16) ? null : body
}
