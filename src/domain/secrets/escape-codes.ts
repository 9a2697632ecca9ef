const ENTITIES: Readonly<Record<string, number>> = {amp: 0x26, lt: 0x3c, gt: 0x3e, quot: 0x22, apos: 0x27}
const LAST_CODE_POINT = 0x10_ff_ff
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1
}

/** -1 when one of them is no hexadecimal digit. */
export function hexNumber(bytes: Uint8Array, from: number, end: number): number {
  let value = 0
  for (let at = from; at < end; at += 1) {
    const digit = digitOf(bytes[at] ?? 0)
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

/** What `&NAME;` says; -1: nothing. */
export function entityCode(name: string): number {
  const digits = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
  if (digits === null) return ENTITIES[name.toLowerCase()] ?? -1
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  return code > LAST_CODE_POINT ? -1 : code
}
