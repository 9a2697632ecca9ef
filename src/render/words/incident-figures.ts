import type {SeenFigure} from '../../domain/incidents/incident-event.js'

const WRITTEN: Readonly<Record<SeenFigure['unit'], (value: number) => string>> = {
  seconds: (value) => (value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(2)} s`),
  ratio: (value) => `${(value * 100).toFixed(2)} %`,
  perSecond: (value) => `${value.toFixed(1)}/s`,
}

/** `p95 1.84 s · errors 3.20 %`; what could not be measured is `–`. */
export function figuresText(figures: readonly SeenFigure[], decimalMark: string): string {
  return figures
    .map(({name, value, unit}) => `${name} ${value === null ? '–' : WRITTEN[unit](value).replace('.', decimalMark)}`)
    .join(' · ')
}
