import type {Notice} from './notice.js'
import {shorten} from './split-text.js'

// More than any channel shows; the outbox refuses to read what is far larger.
const TITLE_CHARACTERS = 1000
const BODY_CHARACTERS = 100_000
const FACT_CHARACTERS = 5000
const FACTS = 50

/** A notice no larger than the outbox takes; an ellipsis shows that something is missing. */
export function boundNotice(notice: Notice): Notice {
  const {incident} = notice
  return {
    ...notice,
    incident: incident === null ? null : {...incident, subject: shorten(incident.subject, TITLE_CHARACTERS)},
    title: shorten(notice.title, TITLE_CHARACTERS),
    body: shorten(notice.body, BODY_CHARACTERS),
    facts: notice.facts.slice(0, FACTS).map((fact) => ({
      ...fact,
      name: shorten(fact.name, TITLE_CHARACTERS),
      value: shorten(fact.value, FACT_CHARACTERS),
    })),
  }
}
