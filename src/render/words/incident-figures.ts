import type {SeenFigure} from '../../domain/incidents/incident-event.js'

const WRITTEN: Readonly<Record<SeenFigure['unit'], (value: number) => string>> = {
  seconds: (value) => (value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(2)} s`),
  ratio: (value) => `${(value * 100).toFixed(2)} %`,
  perSecond: (value) => `${value.toFixed(1)}/s`,
}

interface FigureWords {
  readonly decimalMark: string
  readonly noData: string
}

/** `p95 1.84 s · errors 3.20 % · no data for traffic`. */
export function figuresText(figures: readonly SeenFigure[], {decimalMark, noData}: FigureWords): string {
  const measured = figures.flatMap(({name, value, unit}) =>
    value === null ? [] : [`${name} ${WRITTEN[unit](value).replace('.', decimalMark)}`],
  )
  const missing = figures.filter(({value}) => value === null).map(({name}) => name)
  return [...measured, ...(missing.length === 0 ? [] : [`${noData} ${missing.join(', ')}`])].join(' · ')
}
