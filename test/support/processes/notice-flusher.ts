/** A process of its own that flushes the outbox in DIRECTORY to the Slack at API_URL, at START, with the token in SLACK_TOKEN. */
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {slackNotifier} from '../../../src/adapters/channels/slack/slack-notifier.js'
import {fileLeases} from '../../../src/adapters/store/file-lease.js'
import {fileOutbox} from '../../../src/adapters/store/file-outbox.js'
import {systemClock} from '../../../src/adapters/system/system-clock.js'
import {ENGLISH} from '../../../src/render/words/words.js'
import {flushOutbox} from '../../../src/usecases/notices/flush-outbox.js'

const [storeDirectory = '', apiUrl = '', start = '0'] = process.argv.slice(2)
const token = process.env['SLACK_TOKEN'] ?? ''
const directory = join(storeDirectory, 'outbox')
const outbox = fileOutbox({directory, claims: fileLeases({directory, clock: systemClock, operator: 'flusher'})})
const notifier = slackNotifier({token, apiUrl, channel: '#ops-incidents', words: ENGLISH.notice, timezone: 'UTC'})

await wait(Math.max(0, Number(start) - Date.now()))
await flushOutbox({outbox, notifiers: [notifier], clock: systemClock})
process.exit(0)
