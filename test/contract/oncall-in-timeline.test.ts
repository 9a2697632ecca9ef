// Who goes on call while an incident is open is in its timeline, and while none is, nowhere.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Outcome} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'

let here: string
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'faci-oncall-timeline-'))
  writeFileSync(
    join(here, 'faci.yml'),
    'service: shop\ncompose: {file: c.yml}\noncall: {people: [{name: Ana}, {name: Bia}], rotation: weekly}\n',
  )
})
afterEach(() => {
  rmSync(here, {recursive: true, force: true})
})

const faci = (...argv: readonly string[]): Promise<Outcome> => runHosted(argv, here, {FACI_OPERATOR: 'Ana'})
const open = (...more: readonly string[]): Promise<Outcome> =>
  faci('incident', 'open', '--title', 'API down', '--severity', 'P0', '--quiet', ...more)

async function shifts(incident: string): Promise<readonly string[]> {
  const {stdout} = await faci('incident', 'show', incident, '--json')
  const {timeline} = (JSON.parse(stdout) as {data: {timeline: {kind: string; text: string; by: string}[]}}).data
  return timeline.filter(({kind}) => kind === 'oncall.changed').map(({text}) => text)
}

describe('who goes on call while an incident is open', () => {
  it('is in the timeline of each that is open: what was taken, swapped, and taken back', async () => {
    await open()
    await open('--new')
    await open('--new')
    await faci('incident', 'resolve', '3', '--as', 'false-alarm', '--quiet')
    const now = JSON.parse((await faci('oncall', '--json')).stdout) as {data: {now: {person: string}}}
    const other = now.data.now.person === 'Ana' ? 'Bia' : 'Ana'
    for (const argv of [
      ['take', '--person', other, '--for', '2h'],
      ['swap', 'Ana', 'Bia', '--from', '2031-01-06', '--to', '2031-01-20'],
      ['undo'],
    ]) {
      const {exitCode, stderr} = await faci('oncall', ...argv, '--yes')
      expect([exitCode, stderr.includes('timeline')], stderr).toEqual([0, false])
    }
    const seen = await shifts('1')
    expect(seen.map((text) => text.split(':')[0])).toEqual(['Shift taken', 'Shifts swapped', 'Override taken back'])
    expect(seen[0]).toContain(`${other} instead of ${now.data.now.person} from `)
    expect(await shifts('2')).toEqual(seen)
    expect(await shifts('3')).toEqual([])
  })

  it('is not there where nothing was changed', async () => {
    await open()
    const now = JSON.parse((await faci('oncall', '--json')).stdout) as {data: {now: {person: string}}}
    await faci('oncall', 'take', '--person', 'Ana', '--for', '2h', '--dry-run')
    await faci('oncall', 'take', '--person', 'Bia', '--for', '2h', '--dry-run')
    await faci('oncall', 'take', '--person', 'Bia', '--for', '2h')
    await faci('oncall', 'take', '--person', now.data.now.person, '--for', '1h', '--yes')
    expect(await shifts('1')).toEqual([])
  })
})
