import {FaciError} from '../../domain/errors.js'
import {openRota} from '../../domain/oncall/open-rota.js'
import {overridesInForce} from '../../domain/oncall/override-decision.js'
import type {Rota, WrittenRota} from '../../domain/oncall/rota.js'
import {command} from '../../domain/text/shell-command.js'
import type {Overrides} from '../../ports/overrides.js'

/** The rota with what was decided since. Errors: `unreachable` where a decision cannot be read: who is on call is not known then. */
export async function rotaInForce(written: WrittenRota, overrides: Overrides): Promise<Rota> {
  const {decisions, unreadable} = await overrides.list()
  const [first] = unreadable
  if (first === undefined) return openRota(written, {overrides: overridesInForce(decisions)})
  throw new FaciError('unreachable', `Who is on call is not known: the override ${first} is damaged`, {
    suggestions: [command`faci oncall undo ${first}`, 'then decide it anew with faci oncall take or swap'],
  })
}
