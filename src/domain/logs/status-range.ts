import {FaciError} from '../errors.js'

/** HTTP statuses from `first` to `last`, both included. */
export interface StatusRange {
  readonly first: number
  readonly last: number
}

function bounds(text: string): StatusRange | null {
  if (/^[1-5]xx$/i.test(text)) {
    const hundred = Number(text.charAt(0)) * 100
    return {first: hundred, last: hundred + 99}
  }
  return /^[1-5]\d\d$/.test(text) ? {first: Number(text), last: Number(text)} : null
}

function range(text: string): StatusRange {
  const [from = '', to = from, ...more] = text.trim().split('-')
  const first = bounds(from)
  const last = bounds(to)
  if (first === null || last === null || more.length > 0 || last.last < first.first) {
    throw new FaciError('usage', `${JSON.stringify(text.trim())} is not an HTTP status`, {
      suggestions: ['write 404, 5xx, 4xx-5xx, or several with commas: 404,5xx'],
    })
  }
  return {first: first.first, last: last.last}
}

/** `5xx`, `404`, `4xx-5xx`, `400-404`, `404,5xx`. Throws `usage`. */
export function parseStatusRanges(text: string): readonly StatusRange[] {
  return text.split(',').map(range)
}

export function isInRanges(status: number, ranges: readonly StatusRange[]): boolean {
  return ranges.some(({first, last}) => status >= first && status <= last)
}
