import {FaciError} from '../domain/errors.js'
import type {WrittenRota} from '../domain/oncall/rota.js'
import {command} from '../domain/text/shell-command.js'
import {readPlainText, whyUnreadable} from '../files/plain-file.js'
import {oncallSchema} from './oncall-schema.js'
import {toRota} from './oncall.js'
import {DEFAULT_TIMEZONE} from './timezone.js'
import {type Environment, readDocument} from './read-document.js'

function textOf(file: string): string {
  try {
    return readPlainText(file)
  } catch (error) {
    throw new FaciError('usage', `${file} cannot be read (${whyUnreadable(error)})`, {
      suggestions: [
        'faci oncall diff FILE, where FILE is another version of the rota, such as git show HEAD:oncall.yml wrote it',
      ],
    })
  }
}

/** What a rota inherits from the faci.yml that it stands in, whatever the one in force says. */
function within(outer: object, rota: unknown): unknown {
  if (typeof rota !== 'object' || rota === null) return rota
  return {timezone: 'timezone' in outer ? outer.timezone : DEFAULT_TIMEZONE, ...rota}
}

/** Of a faci.yml its `oncall`; a rota's own file as it is. */
function rotaIn(file: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (!('oncall' in value)) {
    if (!('service' in value)) return value
    throw new FaciError('usage', `${file} has no \`oncall\` section to compare with`)
  }
  if (typeof value.oncall !== 'string') return within(value, value.oncall)
  throw new FaciError('usage', `the rota of ${file} is in ${value.oncall}: compare with another version of that file`, {
    suggestions: [command`faci oncall diff ${value.oncall}`],
  })
}

/** Another version of a rota, from a file that a person names: a faci.yml or a rota's own. `timezone`: of a rota's own file that says none. Errors: `usage`, `configInvalid`. */
export async function readOtherRota(file: string, environment: Environment, timezone: string): Promise<WrittenRota> {
  const {data} = await readDocument({file, text: textOf(file), schema: oncallSchema}, environment, (value) =>
    rotaIn(file, value),
  )
  return toRota(data, timezone)
}
