import type {Masker} from '../secrets/masker.js'
import type {Notice} from './notice.js'

/** A notice as it may leave this machine: captures and prose in it may have caught a secret. */
export function maskNotice(notice: Notice, {mask}: Masker): Notice {
  const {incident} = notice
  return {
    ...notice,
    incident: incident === null ? null : {...incident, subject: mask(incident.subject)},
    title: mask(notice.title),
    body: mask(notice.body),
    facts: notice.facts.map((fact) => ({...fact, name: mask(fact.name), value: mask(fact.value)})),
  }
}
