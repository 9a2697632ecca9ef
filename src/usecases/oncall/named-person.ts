import {FaciError} from '../../domain/errors.js'
import {isBlank} from '../../domain/text/visible.js'
import {personMeant} from '../../domain/oncall/person-meant.js'
import type {Rota} from '../../domain/oncall/rota.js'
import {correctionOf, guessText} from '../../domain/text/did-you-mean.js'

function several(typed: string, names: readonly string[]): FaciError {
  return new FaciError('usage', `${typed} may be ${names.join(' or ')}: say which one`, {
    corrections: names.map((meant) => ({typed, meant})),
  })
}

/** As the rota writes it, see `personMeant`. Errors: `notFound` for a person who is not in it; `usage` where several may be meant. */
export function namedPerson({people}: Pick<Rota, 'people'>, typed: string, advice: string | null = null): string {
  if (isBlank(typed))
    throw new FaciError('usage', 'an empty name names nobody', {suggestions: ['faci oncall schedule']})
  const meant = personMeant(people, typed, true)
  if (meant.kind === 'one') return meant.name
  if (meant.kind === 'several') throw several(typed, meant.names)
  const names = people.map(({name}) => name)
  const correction = correctionOf(typed, names)
  const guess = guessText(correction, 'people of the rota', names)
  throw new FaciError('notFound', `${typed} is nobody in the rota: ${guess}`, {
    correction,
    suggestions: advice === null ? [] : [advice],
  })
}

/** As `namedPerson`, of somebody who need not be in the rota: then as typed. Errors: `usage` where several may be meant. */
export function ownerNamed(people: Rota['people'], typed: string): string {
  const meant = personMeant(people, typed, false)
  if (meant.kind === 'several') throw several(typed, meant.names)
  return meant.kind === 'one' ? meant.name : typed
}
