import {dirname, isAbsolute, join} from 'node:path'
import {FaciError} from '../domain/errors.js'
import {readPlainText, whyUnreadable} from '../files/plain-file.js'
import type {Trust} from '../files/trust.js'
import type {WrittenRota} from '../domain/oncall/rota.js'
import {oncallSchema, type OncallDocument} from './oncall-schema.js'
import {toRota} from './oncall.js'
import {withCalendars} from './absence-calendars.js'
import {type Environment, readDocument} from './read-document.js'

/** Where the rota of a service is; nothing of a file of its own, or of calendars, is read before somebody asks. */
export interface RotaSource {
  /** What to edit. */
  readonly file: string
  /** Throws `configInvalid` with the place of every problem, and `refused` for a file that is not to be trusted. */
  readonly read: () => Promise<WrittenRota>
}

interface Surroundings {
  readonly trust: Trust
  readonly environment: Environment
  /** Where the rota names none. */
  readonly timezone: string
}

function beside(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path)
}

function textOf(file: string, from: string, trust: Trust): string {
  try {
    return readPlainText(file, (stats) => {
      trust.check(file, stats)
    })
  } catch (error) {
    if (error instanceof FaciError) throw error
    throw new FaciError('configInvalid', `${file} cannot be read (${whyUnreadable(error)})`, {
      suggestions: [`\`oncall\` in ${from} names it: write the path of the rota's file`],
    })
  }
}

export function inlineRota(file: string, document: OncallDocument, {timezone, trust}: Surroundings): RotaSource {
  return {file, read: () => withCalendars(toRota(document, timezone), document, (path) => beside(file, path), trust)}
}

/** A file that faci.yml names, beside it. */
export function includedRota(from: string, path: string, {trust, environment, timezone}: Surroundings): RotaSource {
  const file = beside(from, path)
  return {
    file,
    read: async () => {
      const {data} = await readDocument({file, text: textOf(file, from, trust), schema: oncallSchema}, environment)
      return withCalendars(toRota(data, timezone), data, (name) => beside(file, name), trust)
    },
  }
}
