import {describe, expect, it} from 'vitest'
import {masker} from '../../../../src/domain/secrets/masker.js'
import {sendNotice} from '../../../../src/usecases/notices/send-notice.js'
import {runRunbook} from '../../../../src/usecases/runbook/run-runbook.js'
import {fakeNotifier} from '../../../support/fakes/notifier.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'
import {runInput, scene} from '../../../support/runbook-deps.js'

const RUNBOOK = `---
title: API down
severity: critical
services: [api]
resolved: {within: 5s, hold: 0s, every: 1s, all: [{health: api}]}
---
## Look
\`\`\`sh {diagnose id=look capture=found}
cat config
\`\`\`
\`\`\`sh {mitigate id=restart}
faci restart api
\`\`\`
\`\`\`md {notify to=slack}
Found {{found}}
\`\`\`
`

/** The shell masks what it printed; here it does not, and the notice has to. Each is written otherwise in a notice than it is: Markdown escapes it, mrkdwn takes it apart. */
const SECRETS = ['my_secret*word_1', 'pass[word](x)`2', '#hunter2 hunter2', 'a<b>&c_d_e_f', '*bold*and~gone~'] as const

describe('a secret that a block printed', () => {
  it.each(SECRETS)('%s is in no notice, however it is escaped', async (secret) => {
    const at = scene({runbook: RUNBOOK, onScript: () => ({stdout: `db://${secret}\n`})})
    const own = masker([secret])
    const notifier = fakeNotifier('slack')
    const outbox = fakeOutbox()
    const deps = {
      ...at.deps,
      masker: own,
      notify: (notice: Parameters<typeof at.deps.notify>[0]) =>
        sendNotice({outbox, notifiers: [notifier], clock: at.clock, masker: own}, notice),
    }
    await runRunbook(deps, runInput())
    const plain = secret.replaceAll(/\W/g, '')
    const [post] = notifier.posts
    expect(post?.notice.body).toBe('Found db\\://***')
    for (const text of [notifier.posts, await outbox.pending()].map((one) => JSON.stringify(one))) {
      expect(text).not.toContain(JSON.stringify(secret).slice(1, -1))
      expect(text.replaceAll(/\W/g, '')).not.toContain(plain)
    }
  })
})
