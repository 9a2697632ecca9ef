import {crc32} from 'node:zlib'

/** Of what is told of an incident: raised whenever `IncidentFacts` changes, so that an index of before counts as damaged and is made anew. */
export const FACTS_VERSION = 2

const LINE_BREAK = 0x0a

function head(text: string | Buffer): string {
  return `${String(FACTS_VERSION)} ${crc32(text).toString(16)}`
}

/** A line with the version and the CRC-32 of the rest before it. */
export function sealed(text: string): string {
  return `${head(text)}\n${text}`
}

/** null: it is not what was written, or was written of other facts. */
export function unsealed(content: Buffer): Buffer | null {
  const end = content.indexOf(LINE_BREAK)
  const body = content.subarray(end + 1)
  return end === -1 || content.toString('latin1', 0, end) !== head(body) ? null : body
}
