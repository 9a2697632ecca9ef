import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Config} from '../../../src/config/config.js'
import {loadConfig} from '../../../src/config/load.js'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-notices-'))
})
afterEach(() => {
  rmSync(directory, {recursive: true})
})

async function holdOf(notices: string): Promise<Config['notices']['hold']> {
  const text = `service: shop\ncompose: {file: c.yml}\ntimezone: America/Sao_Paulo\nnotices: {${notices}}\n`
  writeFileSync(join(directory, 'faci.yml'), text)
  return (await loadConfig({directory, file: undefined, environment: {}})).notices.hold
}

describe('what is held back', () => {
  it('is written with the hours and weekdays of a rota', async () => {
    const hold = await holdOf("quiet: {hours: ['22:00', '07:00'], weekdays: [Fri, saturday]}, limit: {P2: 5/1h}")
    expect(hold).toEqual({
      quiet: {from: 22 * 60, to: 7 * 60, weekdays: [4, 5], timezone: 'America/Sao_Paulo'},
      limit: {count: 5, windowSeconds: 3600},
    })
    const always = await holdOf("quiet: {hours: ['22:00', '07:00'], timezone: UTC}")
    expect(always.quiet).toEqual({from: 22 * 60, to: 7 * 60, weekdays: null, timezone: 'UTC'})
  })

  it.each([
    ["quiet: {hours: ['22:00', '22:00']}", /would never end/],
    ["quiet: {hours: ['22:00', '22:00'], weekdays: [Mon, Tue, Wed, Thu, Fri, Sat, Sun]}", /would never end/],
    ["quiet: {hours: ['22:00', '25:00']}", /is not a time of day/],
    ["quiet: {hours: ['22:00', '07:00'], weekdays: [Sab]}", /is not a weekday: write Mon/],
    ['limit: {P2: 0/1h}', /is not a limit: write 5\/1h/],
  ])('is refused as %s', async (notices, message) => {
    await expect(holdOf(notices)).rejects.toThrow(message)
  })
})
