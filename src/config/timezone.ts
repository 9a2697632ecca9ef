import {existsSync} from 'node:fs'
import * as z from 'zod/mini'

/** Beside zones, the system's folder holds files that Intl does not know (`posix/…`, `localtime`), all of them elsewhere. */
const IN_AN_AREA =
  /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)(?:[/_+-][A-Za-z0-9]+)+$/

export function isTimezone(name: string): boolean {
  // Intl takes 20 ms to wake up; where the system has its own zone files, looking there is free.
  if (name === 'UTC' || (IN_AN_AREA.test(name) && existsSync(`/usr/share/zoneinfo/${name}`))) return true
  try {
    new Intl.DateTimeFormat('en', {timeZone: name})
    return true
  } catch {
    return false
  }
}

/** The name of an IANA zone. */
export const timezone = z
  .string()
  .check(z.refine(isTimezone, {error: 'is not an IANA time zone such as America/Sao_Paulo'}))

/** Of a faci.yml that names none. */
export const DEFAULT_TIMEZONE = 'UTC'
