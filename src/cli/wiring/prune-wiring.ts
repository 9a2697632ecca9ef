import {Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import {KEPT_KINDS, type KeptKind, pruneRules, SHORTEST_SECONDS} from '../../domain/retention/retention.js'
import {command} from '../../domain/text/shell-command.js'
import {parseDuration} from '../../domain/time/duration.js'
import type {PruneStoreInput} from '../../usecases/retention/prune-store.js'
import type {App} from '../app/app-ports.js'
import {isReadOnly} from '../process/read-only.js'

/** As it was typed, for the command that would be accepted. */
const olderThanFlag = Flags.custom({
  description: 'in place of what faci.yml says; incidents only if they are named by --kind',
  helpValue: 'DURATION',
  parse: (text) => {
    if (parseDuration(text) >= SHORTEST_SECONDS) return Promise.resolve(text)
    throw new FaciError('usage', `${text} is shorter than 1d: what is younger may still be worked on`, {
      suggestions: ['--older-than 1d'],
    })
  },
})

export const PRUNE_FLAGS = {
  kind: Flags.option({
    description: 'prune only these: evidence, runs, notices, pageTests, incidents (default: all)',
    options: KEPT_KINDS,
    multiple: true,
    helpValue: 'KIND',
  })(),
  'older-than': olderThanFlag(),
  'with-open-actions': Flags.boolean({description: 'also incidents whose action items are not done'}),
  yes: Flags.boolean({char: 'y', description: 'do not ask for confirmation'}),
  'dry-run': Flags.boolean({description: 'show what would go and what stays, and remove nothing'}),
}

interface PruneFlags {
  readonly kind: readonly KeptKind[] | undefined
  readonly 'older-than': string | undefined
  readonly 'with-open-actions': boolean
  readonly yes: boolean
  readonly 'dry-run': boolean
}

function typed({kind = [], 'older-than': olderThan, 'with-open-actions': openActions}: PruneFlags): readonly string[] {
  return [
    ...['faci', 'prune', ...kind.flatMap((one) => ['--kind', one])],
    ...(olderThan === undefined ? [] : ['--older-than', olderThan]),
    ...(openActions ? ['--with-open-actions'] : []),
  ]
}

/** Whoever names a kind that is kept for ever has to say how old it has to be. */
function checkKinds(kinds: readonly KeptKind[], retention: App['config']['retention'], olderThan: number | null): void {
  const forever = kinds.find((kind) => retention[kind] === null)
  if (forever === undefined || olderThan !== null) return
  throw new FaciError('usage', `${forever} are never pruned by themselves: say how old they have to be`, {
    suggestions: [command`faci prune --kind ${forever} --older-than 730d --dry-run`],
  })
}

/** Errors: `refused` in a block that may only look; `usage`. */
export function pruneInput({config}: App, flags: PruneFlags): Omit<PruneStoreInput, 'signal'> {
  const {yes, 'dry-run': dryRun, kind: kinds = [], 'older-than': text, 'with-open-actions': openActions} = flags
  if (isReadOnly(process.env) && !dryRun)
    throw new FaciError('refused', 'faci prune removes something, and this block is read-only', {
      suggestions: ['make the block {mitigate}, or look with faci prune --dry-run'],
    })
  const {environment, production, retention} = config
  const olderThan = text === undefined ? null : parseDuration(text)
  checkKinds(kinds, retention, olderThan)
  const rules = pruneRules(retention, {kinds: [...new Set(kinds)], olderThan, openActions})
  return {environment, production, rules, command: typed(flags), yes, dryRun}
}
