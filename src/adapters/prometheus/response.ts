import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import type {Sample, Series} from '../../domain/promql/sample.js'
import type {InstantAnswer, RangeAnswer} from '../../ports/metrics.js'
import type {Answer} from '../http/client.js'
import {refusal} from './refusal.js'

const labels = z.record(z.string(), z.string())
const point = z.tuple([z.number(), z.string()])
const remarks = z.optional(z.array(z.string()))

const success = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({metric: labels, value: z.optional(point), histogram: z.optional(z.unknown())})),
    }),
    z.object({
      resultType: z.literal('matrix'),
      result: z.array(
        z.object({metric: labels, values: z._default(z.array(point), []), histograms: z.optional(z.unknown())}),
      ),
    }),
    z.object({resultType: z.literal('scalar'), result: point}),
    z.object({resultType: z.literal('string'), result: point}),
  ]),
  warnings: remarks,
  infos: remarks,
  isPartial: z.optional(z.boolean()),
})

type Success = z.output<typeof success>

/** Prometheus writes numbers as strings; `Number('+Inf')` would be NaN. */
export function parseValue(text: string): number {
  if (text === '+Inf' || text === 'Inf') return Infinity
  if (text === '-Inf') return -Infinity
  return text === 'NaN' || text.trim() === '' ? NaN : Number(text)
}

function accept(answer: Answer): Success {
  const parsed = success.safeParse(answer.body)
  if (!parsed.success) throw refusal(answer)
  return parsed.data
}

/** Prometheus before 3 sends its remarks among the warnings. */
function isRemark(warning: string): boolean {
  return warning.startsWith('PromQL info:')
}

function unseen(histograms: number, what: string): readonly string[] {
  return histograms === 0 ? [] : [`native histograms are not shown: ${histograms} ${what}`]
}

function remarksOf(answer: Success): {warnings: readonly string[]; notes: readonly string[]} {
  const {warnings = [], infos = [], isPartial} = answer
  const partial = isPartial === true ? ['the backend answered with partial data'] : []
  return {
    warnings: [...warnings.filter((warning) => !isRemark(warning)), ...partial],
    notes: [...warnings.filter(isRemark), ...infos],
  }
}

function samplesOf(data: Success['data']): readonly Sample[] {
  switch (data.resultType) {
    case 'vector':
      return data.result.flatMap(({metric, value}) =>
        value === undefined ? [] : [{labels: metric, value: parseValue(value[1])}],
      )
    case 'scalar':
      return [{labels: {}, value: parseValue(data.result[1])}]
    case 'string':
      return [{labels: {}, value: NaN}]
    case 'matrix':
      throw new FaciError('usage', 'the expression is a range vector: wrap it, for example rate(…[5m]), or use --range')
  }
}

/** An instant answer; native histograms are left out and noted. Throws `badAnswer` or `usage`. */
export function instantAnswer(answer: Answer): InstantAnswer {
  const body = accept(answer)
  const {data} = body
  const {warnings, notes} = remarksOf(body)
  const histograms = data.resultType === 'vector' ? data.result.filter(({value}) => value === undefined).length : 0
  return {
    kind: data.resultType === 'matrix' ? 'vector' : data.resultType,
    samples: samplesOf(data),
    ...(data.resultType === 'string' ? {text: data.result[1]} : {}),
    warnings,
    notes: [...notes, ...unseen(histograms, 'samples')],
  }
}

/** A range answer; native histograms are left out and noted. Throws `badAnswer` when it is anything else. */
export function rangeAnswer(answer: Answer): RangeAnswer {
  const body = accept(answer)
  if (body.data.resultType !== 'matrix') {
    throw new FaciError('badAnswer', `Prometheus answered a ${body.data.resultType} to a range query`)
  }
  const series: readonly Series[] = body.data.result.map(({metric, values}) => ({
    labels: metric,
    points: values.map(([at, value]) => ({at, value: parseValue(value)})),
  }))
  const {warnings, notes} = remarksOf(body)
  const histograms = body.data.result.filter((one) => one.histograms !== undefined).length
  return {
    series: series.filter(({points}) => points.length > 0),
    warnings,
    notes: [...notes, ...unseen(histograms, 'series')],
  }
}
