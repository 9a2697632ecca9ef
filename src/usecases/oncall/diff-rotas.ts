import type {Interval} from '../../domain/oncall/interval.js'
import type {RotaDiff} from '../../domain/oncall/override-report.js'
import type {Rota} from '../../domain/oncall/rota.js'
import {changesByPerson, shiftChanges} from '../../domain/oncall/shift-changes.js'
import type {Result} from '../../domain/result.js'

export interface DiffRotasInput {
  /** Null: faci.yml has none. */
  readonly rota: Rota | null
  readonly old: Rota
  /** The file that it is of. */
  readonly against: string
  /** Epoch ms. */
  readonly now: number
  readonly asked: Interval
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

/** Whose shifts differ between another version of the rota and the one in force. No rota is `unknown`. */
export function diffRotas({rota, old, against, now, asked}: DiffRotasInput): Result<RotaDiff> {
  const head = {at: iso(now), from: iso(asked.start), to: iso(asked.end), against}
  if (rota === null) return {verdict: 'unknown', data: {...head, timezone: null, changes: [], people: []}}
  const changes = shiftChanges(old, rota, asked)
  return {
    verdict: 'ok',
    data: {
      ...{...head, timezone: rota.timezone},
      changes: changes.map(({start, end, before, after}) => ({start: iso(start), end: iso(end), before, after})),
      people: changesByPerson(changes).map(({person, gained, lost}) => ({
        ...{person, gainedSeconds: gained / 1000, lostSeconds: lost / 1000},
      })),
    },
  }
}
