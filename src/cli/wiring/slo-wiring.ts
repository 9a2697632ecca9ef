import {Args, Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import type {Objective} from '../../domain/slo/objective.js'
import {correctionOf, guessText} from '../../domain/text/did-you-mean.js'
import {calendarMonth} from '../../domain/time/calendar-month.js'
import type {SloDeps, SloInput} from '../../usecases/slo/measure-objectives.js'
import type {App} from '../app/app-ports.js'
import {evaluationTime} from '../flags/evaluation-time.js'
import {momentFlag, momentOf} from '../flags/flags.js'
import {requirePort} from '../app/require-port.js'

/** Thirty days of raw samples take a server longer than a glance at now. */
const TIMEOUT_SECONDS = 30

export const SLO_ARGS = {name: Args.string({description: 'only these objectives', multiple: true})}

export const SLO_FLAGS = {
  at: momentFlag('evaluate at this time: 2h ago, or a timestamp (default: 30 s ago)'),
  raw: Flags.boolean({
    description: 'count the samples, even where the rules of `slo rules` have recorded the figures',
  }),
}

interface SloFlags {
  readonly at: string | undefined
  readonly window?: number | undefined
  readonly month?: string | undefined
  /** Take what the rules have recorded, where they have. */
  readonly prefersRecorded: boolean
}

/** Those that are named, all when none is. Throws `configInvalid` without any, `usage` for an unknown one. */
export function chosenObjectives({config}: App, names: readonly string[]): readonly Objective[] {
  if (config.slos.length === 0) {
    throw new FaciError('configInvalid', `${config.file} has no \`slos\` section`, {
      suggestions: ['slos: [{name: uptime, objective: 99.5, indicator: {up: true}}]'],
    })
  }
  const known = config.slos.map(({name}) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const correction = correctionOf(unknown, known)
    const hint = guessText(correction, 'there are', known)
    throw new FaciError('usage', `there is no objective ${unknown}: ${hint}`, {correction})
  }
  return names.length === 0 ? config.slos : config.slos.filter(({name}) => names.includes(name))
}

/** Less holds too few samples to be a share of anything. */
const LEAST_WINDOW_SECONDS = 60

function checkedWindow(seconds: number | undefined): number | null {
  if (seconds === undefined) return null
  if (seconds >= LEAST_WINDOW_SECONDS) return seconds
  throw new FaciError('usage', '--window is too short: a minute is the least', {suggestions: ['--window 1h']})
}

/** Maintenance for an objective that there is not would silently be taken out of nothing. */
function checkAdjustments({config}: App): void {
  const known = config.slos.map(({name}) => name)
  const unknown = config.adjustments.flatMap(({objectives}) => objectives).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const hint = guessText(correctionOf(unknown, known), 'there are', known)
  throw new FaciError('configInvalid', `${config.file}: adjustments name the objective ${unknown}: ${hint}`)
}

export async function sloDeps(app: App): Promise<SloDeps> {
  const metrics = requirePort(await app.metrics(TIMEOUT_SECONDS), 'prometheus')
  return {metrics, clock: await app.clock()}
}

async function monthOf(app: App, name: string): Promise<SloInput['month']> {
  const month = {name, ...calendarMonth(name, app.config.timezone)}
  if (month.start < evaluationTime(await app.clock())) return month
  throw new FaciError('usage', `${name} has not begun`, {
    suggestions: ['faci slo report --month with an earlier month'],
  })
}

export async function sloInput(app: App, names: readonly string[], flags: SloFlags): Promise<SloInput> {
  const {config} = app
  checkAdjustments(app)
  const month = flags.month === undefined ? null : await monthOf(app, flags.month)
  const latest = (await momentOf(app, flags.at)) ?? evaluationTime(await app.clock())
  return {
    service: config.service,
    job: config.prometheus?.job ?? null,
    timezone: config.timezone,
    objectives: chosenObjectives(app, names),
    adjustments: config.adjustments,
    at: month === null ? latest : Math.min(latest, month.end),
    month,
    windowSeconds: checkedWindow(flags.window),
    prefersRecorded: flags.prefersRecorded,
  }
}

export const monthFlag = Flags.string({
  description: 'a calendar month of the configured time zone instead',
  exclusive: ['window'],
  helpValue: 'YYYY-MM',
})
