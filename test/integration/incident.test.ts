import {beforeEach, describe, expect, it} from 'vitest'
import {drill, stopApi} from '../support/drill.js'
import {ownStack} from '../support/own-stack.js'
import {type FaciRun, type Workspace, workspace} from '../support/workspace.js'

const stack = await ownStack()
const {env, slack} = await drill(stack, () => here)
let here: Workspace

beforeEach(() => {
  here = workspace(stack)
  here.editRunbook('api-down', (text) => text.replace('hold: 5s', 'hold: 1s'))
})

interface Shown {
  readonly data: {
    readonly incident: {readonly handle: string; readonly state: string; readonly timeToResolveSeconds: number | null}
    readonly timeline: readonly {
      readonly kind: string
      readonly by: string
      readonly text: string
      readonly runId?: string
    }[]
  }
}

const faci = (...argv: readonly string[]): Promise<FaciRun> => here.faci(argv, {env})

async function done(...argv: readonly string[]): Promise<FaciRun> {
  const run = await faci(...argv)
  expect(run.exitCode, `${argv.join(' ')}\n${run.stdout}\n${run.stderr}`).toBe(0)
  return run
}

describe('faci incident', () => {
  it('keeps what really happened: the run that was for it, a silence, a restart, figures, and what Slack was told', async () => {
    await stopApi(stack)
    const before = slack.posts.length
    const opened = await done(
      ...['incident', 'open', '--title', 'API down', '--severity', 'P0', '--service', 'api'],
      ...['--impact', 'Ninguém recebe recomendações', '--started-at', '1m ago'],
    )
    expect(opened.stdout).toContain('INC-1')
    expect(opened.stdout).toContain('faci incident ack')
    const status = await faci('status')
    expect(status.exitCode, status.stdout).toBe(3)
    expect(status.stdout).toMatch(/INC-1 .*API down/)

    await done('incident', 'ack')
    await done('runbook', 'api-down', '--yes', '--incident', 'INC-1')
    await done('alerts', 'silence', 'HighMemory', '--for', '5m', '--comment', 'noise of the restart', '--yes')
    await done('restart', 'api', '--yes', '--wait', '60s')
    await done('incident', 'mitigate', '-m', 'restarted, watching')
    const handover = await done('incident', 'handover')
    expect(handover.stdout).toContain('INC-1')
    expect(handover.stdout).toContain('noise of the restart')
    await done('incident', 'resolve', '-m', 'the container had been stopped')

    const {data} = JSON.parse((await done('incident', 'show', 'INC-1', '--json')).stdout) as Shown
    expect(data.incident).toMatchObject({handle: 'INC-1', state: 'resolved'})
    expect(data.incident.timeToResolveSeconds).toBeGreaterThanOrEqual(60)
    const runs = data.timeline.filter(({runId}) => runId !== undefined)
    expect(runs.some(({text}) => text.includes('api-down'))).toBe(true)
    const told = (await done('incident', 'timeline', 'INC-1')).stdout
    for (const part of [/api-down/, /HighMemory/, /restart/, /restarted, watching/]) expect(told).toMatch(part)

    const posts = slack.posts.slice(before)
    const roots = posts.filter(({threadTs}) => threadTs === null)
    expect(JSON.stringify(roots)).toContain('API down')
    expect((await faci('incident', 'list', '--open')).stdout).not.toContain('INC-1')
  })
})
