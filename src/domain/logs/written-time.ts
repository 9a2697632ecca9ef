const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(?<name>[A-Z][a-z]{2})'
const CLOCK_FACE = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d):(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?`
const HALF = String.raw`[ \u00a0\u202f]?(?<half>[AP]M)\b`
/** As other languages than the English of the United States have it: `pm`, `p.m.`, `p. m.`. */
const ANY_HALF = String.raw`[ \u00a0\u202f]?(?<half>[AaPp]\.?[ \u00a0\u202f]?[Mm]\b\.?)`
const CLOCK = `${CLOCK_FACE}(?:${ANY_HALF})?`
/** Hours from UTC, as PostgreSQL names zones; null: of several places, so that the moment is not certain. */
const ZONES: Readonly<Record<string, string | null>> = {
  ...{Z: 'Z', UTC: 'Z', GMT: 'Z', WET: 'Z', WEST: '+01', CET: '+01', CEST: '+02', EET: '+02', EEST: '+03', MSK: '+03'},
  ...{EST: '-05', EDT: '-04', CDT: '-05', MST: '-07', MDT: '-06', PST: '-08', PDT: '-07', BRT: '-03', JST: '+09'},
  ...{KST: '+09', HKT: '+08', AEST: '+10', AEDT: '+11', NZST: '+12', NZDT: '+13', IST: null, BST: null, CST: null},
}
/** PostgreSQL writes `-03 [77]` where a zone has no name. */
const ZONE = String.raw`(?: ?(?<zone>(?:${Object.keys(ZONES).join('|')})\b|[+-]\d\d:?\d\d\b)|(?<hours>[+-]\d\d\b| [+-]\d\d(?= \[)))?`

/** The ways in which programs write a moment, most usual first. Times without a zone are UTC, as in nearly every container. */
const FORMS = [
  // 2026-11-20T03:12:04.118Z, 2026-11-20 03:12:04,118, 2026/11/20 03:12:04, 2026.11.20, 2026/11/20 - 03:12:04, 2026-11-20, 3:12:04
  String.raw`(?<year>\d{4})(?<bar>[-/.])(?<month>\d\d)\k<bar>(?<day>\d\d)(?:T| - |, ?| {1,2}|\t)${CLOCK}${ZONE}`,
  // 20/Nov/2026:03:12:04 +0000, 20-Nov-2026 03:12:04 UTC, 20 Nov 2026 03:12:04.118
  String.raw`(?<day>\d{1,2})[/ -]${MONTH}[/ -](?<year>\d{4})[: ]${CLOCK}${ZONE}`,
  // Fri Nov 20 03:12:04.118 2026
  String.raw`[A-Z][a-z]{2} ${MONTH} {1,2}(?<day>\d{1,2}) ${CLOCK} (?<year>\d{4})`,
  // Fri, 20 Nov 2026 03:12:04 GMT
  String.raw`[A-Z][a-z]{2}, (?<day>\d{1,2}) ${MONTH} (?<year>\d{4}) ${CLOCK}${ZONE}`,
  // Nov 20, 2026 3:12:04 AM
  String.raw`${MONTH} (?<day>\d{1,2}), (?<year>\d{4}) ${CLOCK_FACE}${HALF}`,
  // 11/20/2026, 3:12:04 AM, also without the comma: only the United States write AM and PM, so that the month is first
  String.raw`(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4}),? ${CLOCK_FACE}${HALF}`,
  // 20/11/2026 03:12:04, 20.11.2026, 20-11-2026, 20/11/2026 -- 03:12:04: which of them is the day must be certain
  String.raw`(?<one>\d{1,2})(?<bar>[-/.])(?<other>\d{1,2})\k<bar>(?<year>\d{4})(?:,? | -- )${CLOCK}${ZONE}`,
  // 20261120T031204Z
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)T(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?${ZONE}`,
].map((form) => ({form: new RegExp(form, 'y'), isOfDigits: !form.startsWith('[A-Z]') && !form.startsWith(MONTH)}))

type Parts = Readonly<Partial<Record<string, string>>>

function hourOf({hour = '0', half}: Parts): number {
  if (half === undefined) return Number(hour)
  return (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0)
}

function monthOf({month, name}: Parts): number {
  return name === undefined ? Number(month) : MONTHS.indexOf(name.toLowerCase()) + 1
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** As ISO 8601 has it; null when the zone is not certain. */
function zoneOf({zone, hours}: Parts): string | null {
  const written = zone ?? hours?.trim() ?? 'Z'
  const offset = Object.hasOwn(ZONES, written) ? (ZONES[written] ?? null) : written
  if (offset === null || offset === 'Z') return offset
  return `${offset.slice(0, 3)}:${offset.slice(3).replace(':', '').padEnd(2, '0')}`
}

const MONTHS_OF_A_YEAR = 12

/** Nobody writes dots between them but those who begin with the day; of others only a number that is no month tells which is which. */
function isCertain({one, other, bar}: Parts): boolean {
  const [first, second] = [Number(one), Number(other)]
  if (one === undefined) return true
  return bar === '.' || first === second || Math.max(first, second) > MONTHS_OF_A_YEAR
}

/** Month and day, where it is not written which of them comes first. */
function ordered(parts: Parts): Parts {
  const {one, other, bar} = parts
  if (one === undefined || other === undefined) return parts
  const isMonthFirst = bar !== '.' && Number(other) > MONTHS_OF_A_YEAR
  return isMonthFirst ? {...parts, month: one, day: other} : {...parts, day: one, month: other}
}

/** null when the moment is not certain, undefined when it is none. */
function isoOf(written: Parts): string | null | undefined {
  const parts = ordered(written)
  const {year = '', day = '', minute = '', second = '', fraction = '0'} = parts
  const date = `${year}-${two(monthOf(parts))}-${day.padStart(2, '0')}`
  const clock = `${two(hourOf(parts))}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`
  const zone = zoneOf(parts)
  const at = Date.parse(`${date}T${clock}${zone ?? 'Z'}`)
  if (Number.isNaN(at)) return undefined
  return zone === null || !isCertain(parts) ? null : new Date(at).toISOString()
}

export interface WrittenTime {
  /** null when its zone is not certain, or which number is its month. */
  readonly at: string | null
  /** Where the text after it begins. */
  readonly end: number
}

/** The moment that is written at `start`, to the millisecond; null when none is. */
export function timeWrittenAt(text: string, start: number): WrittenTime | null {
  const first = text.charCodeAt(start)
  const isDigit = first >= 0x30 && first <= 0x39
  if (!isDigit && !(first >= 0x41 && first <= 0x5a)) return null
  for (const {form, isOfDigits} of FORMS) {
    if (isOfDigits !== isDigit) continue
    form.lastIndex = start
    const groups = form.exec(text)?.groups
    const at = groups === undefined ? undefined : isoOf(groups)
    if (at !== undefined) return {at, end: form.lastIndex}
  }
  return null
}
