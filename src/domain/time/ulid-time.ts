const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_LENGTH = 10

/** When a ULID was made, in ms since the epoch. */
export function ulidTime(ulid: string): number {
  return Array.from(ulid.slice(0, TIME_LENGTH)).reduce(
    (sum, digit) => sum * CROCKFORD.length + CROCKFORD.indexOf(digit),
    0,
  )
}
