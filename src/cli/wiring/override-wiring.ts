import {Flags} from '@oclif/core'
import {openRota} from '../../domain/oncall/open-rota.js'
import {overridesInForce} from '../../domain/oncall/override-decision.js'
import type {Rota} from '../../domain/oncall/rota.js'
import type {DecideInput, TypedMoment} from '../../usecases/oncall/decide-override.js'
import type {App} from '../app/app-ports.js'
import {isReadOnly, refuseReadOnly} from '../process/read-only.js'
import {oncallMoment} from './oncall-wiring.js'

/** What the commands take that decide who is on call. */
export const DECISION_FLAGS = {
  yes: Flags.boolean({char: 'y', description: 'do not ask for confirmation'}),
  'dry-run': Flags.boolean({description: 'show whose shifts change, and change nothing'}),
}

/** The values of DECISION_FLAGS. */
export interface DecisionFlags {
  readonly yes: boolean
  readonly 'dry-run': boolean
}

/** Errors: `refused` in a block that may only look. */
export async function decideInput(
  {config}: App,
  {yes, 'dry-run': dryRun}: DecisionFlags,
): Promise<Omit<DecideInput, 'signal'>> {
  if (isReadOnly(process.env) && !dryRun) refuseReadOnly(process.env)
  const {environment, production, oncall} = config
  return {environment, production, yes, dryRun, written: (await oncall?.read()) ?? null}
}

/** null: not typed. */
export async function typedMoment(app: App, typed: string | undefined): Promise<TypedMoment | null> {
  return typed === undefined ? null : {typed, at: await oncallMoment(app, typed)}
}

/** Another version of the rota, with the overrides that are in force now. */
export async function readOldRota(app: App, file: string): Promise<Rota> {
  const [{readOtherRota}, overrides] = await Promise.all([import('../../config/other-rota.js'), app.overrides()])
  const variables = process.env
  const written = await readOtherRota(file, {environment: variables, variables}, app.config.timezone)
  return openRota(written, {overrides: overridesInForce((await overrides.list()).decisions)})
}
