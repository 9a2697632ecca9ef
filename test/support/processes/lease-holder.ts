/**
 * A process of its own that works with leases: `hold DIRECTORY PROJECT` takes one and stays, `hold DIRECTORY PROJECT LOCKS` one of the
 * machine's too (folders, with `:` between them), or prints why not; `join DIRECTORY PROJECT` joins it by the
 * token in the environment and prints whose it is, or why not; `race DIRECTORY START ROUNDS` tries to take
 * `race-0`, `race-1` … each at the same instant as its rivals and prints the rounds it won as JSON.
 */
import {setTimeout as wait} from 'node:timers/promises'
import {fileLeases} from '../../../src/adapters/store/file-lease.js'
import {machineLocks} from '../../../src/adapters/store/machine-locks.js'
import {systemClock} from '../../../src/adapters/system/system-clock.js'

const [mode, directory = '', target = '', rounds = '0'] = process.argv.slice(2)
const options = {directory, clock: systemClock, operator: `racer-${String(process.pid)}`}
const machine = machineLocks({directories: rounds.split(':'), engineId: () => Promise.resolve('engine-1')})
const leases = fileLeases(rounds.startsWith('/') ? {...options, machine} : options)
const MILLISECONDS_A_ROUND = 100

async function hold(): Promise<void> {
  const request = {reason: 'runbook api-down', runId: null}
  const lease = await leases.take(target, request).catch((error: unknown) => {
    process.stdout.write(`${String(error)}\n`)
    process.exit(5)
  })
  process.stdout.write(`${lease.holder.id}\n`)
  await wait(60_000)
}

async function join(): Promise<void> {
  const joined = await leases.join(target, process.env['FACI_RUN_TOKEN'] ?? '').catch((error: unknown) => error)
  process.stdout.write(joined instanceof Error ? `${String(joined)}\n` : `joined ${JSON.stringify(joined)}\n`)
}

async function winsRound(project: string): Promise<boolean> {
  try {
    await leases.take(project, {reason: 'race', runId: null, takeover: 'a rehearsal'})
    return true
  } catch {
    return false
  }
}

async function race(): Promise<void> {
  const won: number[] = []
  for (let round = 0; round < Number(rounds); round++) {
    const start = Number(target) + round * MILLISECONDS_A_ROUND
    await wait(Math.max(0, start - Date.now() - 2))
    while (Date.now() < start);
    if (await winsRound(`race-${String(round)}`)) won.push(round)
  }
  process.stdout.write(JSON.stringify(won))
  // Until the last rival is done: a winner that left would be taken over, rightly.
  process.stdin.resume().once('end', () => process.exit(0))
}

const modes = new Map([
  ['hold', hold],
  ['join', join],
  ['race', race],
])
await modes.get(mode ?? '')?.()
