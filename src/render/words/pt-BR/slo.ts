import type {ObjectiveNote} from '../../../domain/slo/slo-note.js'
import {span} from '../../../domain/time/span.js'
import {localNumber} from '../local-numbers.js'
import {quoted} from '../quoted.js'
import type {WordsFor} from '../worded.js'

const SIDE = {bad: 'ruins', good: 'bons'} as const

function events(count: number | null): string {
  return count === null ? 'nenhum' : localNumber(count, 'pt-BR', 2)
}

/** What a notice of a check says of an objective. */
export const NOTE: WordsFor<ObjectiveNote> = {
  noBucket: ({histogram, thresholdSeconds}) =>
    `nenhuma faixa de ${quoted(histogram)} termina em ${localNumber(thresholdSeconds, 'pt-BR', 6)} s: escolha um limite que exista`,
  impossibleCounts: ({part, side, total}) =>
    `contagens impossíveis (eventos: ${events(total)}; ${SIDE[side]}: ${events(part)}); verifique o indicador`,
  noErrorSeries: 'nenhuma série de erros encontrada: ainda não há erros, ou o filtro está errado',
  warned: ({text}) => `Prometheus: ${quoted(text)}`,
  notKept: ({keptSeconds, windowSeconds, coveredSeconds}) =>
    `o Prometheus guarda ${span(keptSeconds)}: da janela de ${span(windowSeconds)} só pode haver ${span(coveredSeconds)}`,
  measuredTooShort: ({measuredSeconds, windowSeconds}) =>
    `medido por apenas ${span(measuredSeconds)} de ${span(windowSeconds)}`,
}
