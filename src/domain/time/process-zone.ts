const MINUTE_MS = 60_000
/** Zones whose clocks have not been changed since 1961: whether `Date` follows `TZ` shows on them. */
const STEADY = {'Asia/Tokyo': 540, 'Asia/Kolkata': 330} as const
const STEADY_AT = 1_767_225_600_000
/** ICU reads a name without its `posix/` or `right/`, and looks for the machine's own zone where it has digits. */
const IN_AN_AREA =
  /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)(?:\/[A-Za-z_-]+)+$/
/** What `Date` has for the name of a zone that it does not know, and of a few that it does. */
const NAMELESS = /\(GMT[^)]*\)$/

function minutesAhead(at: number): number {
  return 0 - new Date(at).getTimezoneOffset()
}

/** With `TZ` as it is told, and as it was again when this returns; nothing else runs meanwhile. */
function inZone<T>(zone: string, ask: () => T): T {
  const before = process.env['TZ']
  process.env['TZ'] = zone
  try {
    return ask()
  } finally {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  }
}

let follows: boolean | undefined

/** In a worker thread it does not. */
function dateFollowsTz(): boolean {
  follows ??= Object.entries(STEADY).every(([zone, minutes]) => inZone(zone, () => minutesAhead(STEADY_AT)) === minutes)
  return follows
}

/** Whether `offsetsByDate` can tell; false for some that Intl knows. */
export function hasOffsetsByDate(zone: string): boolean {
  const isNamed = IN_AN_AREA.test(zone) && !NAMELESS.test(inZone(zone, () => new Date(STEADY_AT).toString()))
  return isNamed && dateFollowsTz()
}

/**
 * How far a zone's clocks are ahead of UTC at each of these moments (epoch ms), in ms; only whole minutes, as all zones have them since
 * 1973. `Date` knows the zone of `TZ` by the same tables as Intl, which takes 11 ms to wake up, a fifth of a short command.
 */
export function offsetsByDate(zone: string, moments: readonly number[]): readonly number[] {
  return inZone(zone, () => moments.map((at) => minutesAhead(at) * MINUTE_MS))
}
