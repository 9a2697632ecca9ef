import {describe, expect, it} from 'vitest'
import {eventOf} from '../../../src/adapters/channels/pagerduty/event.js'
import {slackMessage} from '../../../src/adapters/channels/slack/slack-message.js'
import {ENGLISH} from '../../../src/render/words/words.js'
import {aNotice} from '../../support/builders/notice.js'

const ANA = {name: 'Ana', email: 'ana@example.com', slack: 'U012AB3CD', pagerduty: 'PABC123'}
const NOBODY = {email: null, slack: null, pagerduty: null}
const AUDIENCE = {words: ENGLISH.notice, timezone: 'UTC'}

describe('a notice that pages', () => {
  it('mentions members on Slack, and nobody by what is no id of one', () => {
    const evil = {...NOBODY, name: 'Eve', slack: '!channel'}
    const {blocks} = slackMessage(aNotice({paged: [ANA, evil, {...NOBODY, name: 'Bia'}]}), AUDIENCE)
    expect(blocks[1]).toEqual({type: 'section', text: {type: 'mrkdwn', text: '<@U012AB3CD>', verbatim: true}})
    expect(JSON.stringify(blocks)).not.toContain('!channel')
  })

  it('mentions nobody where it pages nobody', () => {
    const plain = slackMessage(aNotice(), AUDIENCE)
    expect(slackMessage(aNotice({paged: [{...NOBODY, name: 'Bia'}]}), AUDIENCE)).toEqual(plain)
  })

  it('says on the page of PagerDuty who is paged', () => {
    const options = {routingKey: 'r'.repeat(32), adopts: false, clientUrl: null, words: ENGLISH.notice}
    const {payload} = eventOf(aNotice({paged: [ANA, {...NOBODY, name: 'Bia\u202e'}]}), options)
    expect(payload?.custom_details).toMatchObject({paged: ['Ana (PABC123)', String.raw`Bia\u202e`]})
  })
})
