import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {repositoryRoot} from '../../service/stack/repository.js'
import type {Stack} from '../../service/stack/stack.js'
import type {Workspace} from '../support/workspace.js'
import {median, type Row} from './measure.js'

const ROUNDS = 3
const ALLOWED_SECONDS = 2

function holdSeconds(): number {
  const text = readFileSync(join(repositoryRoot, 'runbooks', 'api-down.md'), 'utf8')
  return Number(/^\s*hold: (\d+)s/m.exec(text)?.[1] ?? NaN)
}

async function firstGoodAnswer(stack: Stack): Promise<void> {
  for (;;) {
    const answer = await fetch(`${stack.urls.api}/health`).catch(() => undefined)
    if (answer?.status === 200) return
    await sleep(50)
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** Lets Prometheus see that the API is gone or back, so that every round starts from the same world. */
async function settle(): Promise<void> {
  await sleep(12_000)
}

/** `faci runbook api-down --yes` on a stopped API against doing it by hand: what it takes beyond that and `hold`. */
export async function benchApiDown(stack: Stack, here: Workspace): Promise<readonly Row[]> {
  const byHand: number[] = []
  const byRunbook: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await stack.compose(['stop', 'api'])
    await settle()
    byHand.push(
      await seconds(async () => {
        await stack.compose(['up', '--detach', '--no-build', 'api'])
        await firstGoodAnswer(stack)
      }),
    )
    await settle()
    await stack.compose(['stop', 'api'])
    await settle()
    byRunbook.push(
      await seconds(async () => {
        const run = await here.faci(['runbook', 'api-down', '--yes'])
        if (run.exitCode !== 0) throw new Error(`faci runbook api-down ended with ${run.exitCode}\n${run.stderr}`)
      }),
    )
    await settle()
  }
  const [hand, runbook, hold] = [median(byHand), median(byRunbook), holdSeconds()]
  const over = runbook - hand - hold
  return [
    {
      what: 'faci runbook api-down --yes, seconds beyond by hand and hold',
      against: 'compose up -d api and the first 200',
      ratio: over,
      target: ALLOWED_SECONDS,
      detail: `${runbook.toFixed(2)} s to ${hand.toFixed(2)} s by hand + ${hold} s hold`,
    },
  ]
}
