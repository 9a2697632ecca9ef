import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {availableTool, runTool} from './available-tool.js'
import {alertRules, serviceFolder} from './rule-files.js'

const amtool = await availableTool('amtool')
const folder = join(serviceFolder, 'alertmanager')

/** Where a notification of each priority goes. */
const routes = {
  'alertmanager.yml': {P0: 'webhook', P1: 'webhook', P2: 'webhook', Watchdog: 'watchdog', unlabelled: 'webhook'},
  'alertmanager.slack-pagerduty.yml': {
    P0: 'oncall',
    P1: 'slack-alerts',
    P2: 'slack-info',
    Watchdog: 'watchdog',
    unlabelled: 'slack-alerts',
  },
} as const

describe.skipIf(amtool === undefined).each(Object.entries(routes))('%s', (file, receivers) => {
  it('is a valid configuration', async () => {
    const {exitCode, output} = await runTool(amtool, ['check-config', file], folder)
    expect(output).toContain('SUCCESS')
    expect(exitCode).toBe(0)
  })

  it.each(alertRules)('sends $alert where its priority belongs', async ({alert, labels}) => {
    const key = alert === 'Watchdog' ? alert : labels['priority']
    const receiver = Object.entries(receivers).find(([name]) => name === key)?.[1]
    expect(await routeOf(file, {...labels, alertname: alert, job: 'faciliauto-api'})).toBe(receiver)
  })

  it('loses no alert that carries neither severity nor priority', async () => {
    expect(await routeOf(file, {alertname: 'SomethingElse'})).toBe(receivers.unlabelled)
  })
})

describe.skipIf(amtool === undefined)('alertmanager.slack-pagerduty.yml', () => {
  it('wakes somebody for a critical alert without a priority', async () => {
    const file = 'alertmanager.slack-pagerduty.yml'
    expect(await routeOf(file, {alertname: 'SomethingElse', severity: 'critical'})).toBe('oncall')
  })
})

async function routeOf(file: string, labels: Readonly<Record<string, string>>): Promise<string> {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  // On stderr amtool may warn that the file is used instead of a server.
  const parameters = ['config', 'routes', 'test', `--config.file=${file}`, ...pairs]
  return (await runTool(amtool, parameters, folder)).stdout.trim()
}
