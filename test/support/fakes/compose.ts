import {FaciError} from '../../../src/domain/errors.js'
import type {StackChange} from '../../../src/domain/change/change.js'
import type {Compose, ComposeModel} from '../../../src/ports/compose.js'
import {aModel, definitionsOf, hashesOf} from '../builders/compose-model.js'

export interface FakeCompose extends Compose {
  /** Every change applied, in order. */
  readonly applied: readonly StackChange[]
}

function servicesOf(change: StackChange): readonly string[] {
  if (change.kind === 'down') return []
  return change.kind === 'scale' ? Object.keys(change.replicas) : change.services
}

/** Knows its services; a change to another one fails as Compose's does. */
export function fakeCompose(model: ComposeModel = aModel(['api', 'redis'], {profiled: ['load']})): FakeCompose {
  const applied: StackChange[] = []
  return {
    applied,
    tool: () => Promise.resolve({command: 'docker compose', version: '2.40.3'}),
    model: () => Promise.resolve(model),
    definitions: () => Promise.resolve({model, definitions: definitionsOf(model)}),
    hashes: () => Promise.resolve(hashesOf(model)),
    foretell: () => Promise.resolve(null),
    sources: () => Promise.resolve({uses: [], files: []}),
    plan: (change) => Promise.resolve(['docker', 'compose', '-p', 'project', change.kind, ...servicesOf(change)]),
    apply: (change, onLine, signal) => {
      if (signal?.aborted === true)
        return Promise.reject(new FaciError('interrupted', 'docker compose was interrupted'))
      const unknown = servicesOf(change).find((name) => ![...model.services, ...model.profiled].includes(name))
      const line = unknown === undefined ? `${change.kind} done` : `no such service: ${unknown}`
      onLine(line)
      if (unknown === undefined) applied.push(change)
      return Promise.resolve({
        ok: unknown === undefined,
        exitCode: unknown === undefined ? 0 : 1,
        durationSeconds: 0.1,
        output: [line],
      })
    },
  }
}
