import {type ScreenTimes, screenTimes} from '../../domain/time/screen-times.js'
import {localTime} from './local-time.js'

const ISO_UTC = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

/** Gives what is no time as it is. */
function formatted(format: Intl.DateTimeFormat): (at: string) => string {
  return (at) => (Number.isNaN(Date.parse(at)) ? at : format.format(new Date(at)))
}

/** `30/11/2026, 19:40:05 BRT`, as in notices. */
function brazilian(timezone: string): ScreenTimes {
  const date = {...({year: 'numeric', month: '2-digit', day: '2-digit'} as const), timeZone: timezone}
  const hours = {...({hour: '2-digit', minute: '2-digit', hourCycle: 'h23'} as const), timeZone: timezone}
  const moment = (at: string): string =>
    Number.isNaN(Date.parse(at)) ? at : localTime(at, timezone, {locale: 'pt-BR', month: '2-digit'})
  return {
    ...screenTimes(timezone),
    moment,
    minute: formatted(new Intl.DateTimeFormat('pt-BR', {...date, ...hours, timeZoneName: 'short'})),
    timeOfDay: formatted(new Intl.DateTimeFormat('pt-BR', {...hours, second: '2-digit'})),
    day: formatted(new Intl.DateTimeFormat('pt-BR', date)),
    sentence: (text) => text.replaceAll(ISO_UTC, moment),
  }
}

/** Times as a document for people writes them in its language. In English they stay as on a screen. */
export function localTimes(locale: string, timezone: string): ScreenTimes {
  return locale.toLowerCase().startsWith('pt') ? brazilian(timezone) : screenTimes(timezone)
}
