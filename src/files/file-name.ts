import {createHash} from 'node:crypto'

/** Room for a term's number, an extension and a draft's mark within the 255 bytes of a directory entry. */
const LONGEST = 200
const DIGEST_LENGTH = 32

/** The first character may be no dot: hidden names are drafts, and `.` and `..` are folders. */
const PLAIN = /^[\w-][\w.-]*$/
const SPECIAL = /[^\w.-]|^\./gu

function escaped(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/**
 * The one way from a name (a project, a channel, a thread, a run) to the name of its file: always a single entry of the folder it is used
 * in, never hidden, short enough, and another for each name. Plain names stay as they are; the rest is percent-encoded, and what is too
 * long for a directory entry ends with its digest.
 */
export function fileName(name: string): string {
  const whole = name === '' ? '%' : PLAIN.test(name) ? name : name.replaceAll(SPECIAL, escaped)
  if (whole.length <= LONGEST) return whole
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST_LENGTH)
  return `${whole.slice(0, LONGEST - DIGEST_LENGTH - 1)}~${digest}`
}
