interface Written {
  /** BCP 47, for the order of what a date is made of. */
  readonly locale: string
  readonly month: '2-digit' | 'short'
}

/** An instant to the second, with its time zone. */
export function localTime(at: string, timezone: string, {locale, month}: Written): string {
  const format = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month,
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: timezone,
    timeZoneName: 'short',
  })
  return format.format(new Date(at))
}
