import {FaciError} from '../../domain/errors.js'
import {isBlank} from '../../domain/text/visible.js'
import type {Rota} from '../../domain/oncall/rota.js'
import {correctionOf, guessText} from '../../domain/text/did-you-mean.js'

/** As the rota writes it; also by the name before the @ of their address. Errors: `notFound` for a person who is not in it. */
export function namedPerson({people}: Pick<Rota, 'people'>, typed: string, advice: string | null = null): string {
  if (isBlank(typed))
    throw new FaciError('usage', 'an empty name names nobody', {suggestions: ['faci oncall schedule']})
  const same = (text: string): boolean => text.toLowerCase() === typed.toLowerCase()
  const found =
    people.find(({name}) => name === typed) ??
    people.find(({name}) => same(name)) ??
    people.find(({email}) => email !== null && (same(email) || same(email.split('@', 1).join())))
  if (found !== undefined) return found.name
  const names = people.map(({name}) => name)
  const correction = correctionOf(typed, names)
  const guess = guessText(correction, 'people of the rota', names)
  throw new FaciError('notFound', `${typed} is nobody in the rota: ${guess}`, {
    correction,
    suggestions: advice === null ? [] : [advice],
  })
}
