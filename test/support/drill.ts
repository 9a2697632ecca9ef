import {afterAll, afterEach, expect} from 'vitest'
import {onContainer} from './containers.js'
import {eventually} from './eventually.js'
import {restoreApi} from './restore-api.js'
import {SLACK_TOKEN, type SlackServer, slackServer} from './servers/slack.js'
import type {RealStack} from './stack-lender.js'
import type {Workspace} from './workspace.js'

export interface Drill {
  readonly slack: SlackServer
  /** For `faci`, to tell that Slack. */
  readonly env: Readonly<Record<string, string>>
}

/** Until Prometheus has seen just so many replicas, all of them up. */
export async function untilUp({urls}: RealStack, count: number): Promise<void> {
  const url = new URL('/api/v1/query', urls.prometheus)
  // Asked lately: an address from before the last `down` stays for five minutes.
  const asked = 'up{job="faciliauto-api"} and timestamp(up) > time() - 8'
  url.searchParams.set('query', `sum(${asked}) == count(${asked})`)
  await eventually(async () => {
    expect(await (await fetch(url)).text()).toContain(`"${String(count)}"]`)
  })
}

export async function stopApi({project}: RealStack): Promise<void> {
  await onContainer(project, 'api', (id) => ['stop', '--time', '1', id])
}

/** For tests that break the API: a Slack that takes notices, and after each of them the API whole again. */
export async function drill(stack: RealStack, here: () => Workspace): Promise<Drill> {
  const slack = await slackServer()
  afterEach(async () => {
    await restoreApi(stack, here())
    await untilUp(stack, 1)
    here().remove()
  })
  afterAll(async () => {
    await slack.close()
  })
  return {slack, env: {SLACK_BOT_TOKEN: SLACK_TOKEN, SLACK_API_URL: slack.apiUrl}}
}
