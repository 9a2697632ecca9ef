import type {ContainerReason, ProbeReason, ServiceReason} from '../../domain/stack/reason.js'
import type {StackWords} from '../../domain/stack/stack-words.js'
import {worded, type WordsFor} from './worded.js'

export interface StackTables {
  readonly verdict: StackWords['verdict']
  readonly container: WordsFor<ContainerReason>
  readonly service: WordsFor<ServiceReason>
  readonly probe: WordsFor<ProbeReason>
}

/** What is said of services and endpoints, from a language's tables. */
export function stackWords({verdict, container, service, probe}: StackTables): StackWords {
  return {
    verdict,
    container: (reason) => worded(container, reason),
    service: (state) =>
      state.reasons.length === 0
        ? verdict[state.verdict]
        : state.reasons.map((reason) => worded(service, reason)).join(', '),
    probe: (reason) => worded(probe, reason),
  }
}
