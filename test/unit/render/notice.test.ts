import {describe, expect, it} from 'vitest'
import {deliveryText, flushText} from '../../../src/render/notices/notice-delivery.js'
import {noticeText} from '../../../src/render/notices/notice.js'
import {postedNoticeText} from '../../../src/render/notices/posted-notice.js'
import {PLAIN} from '../../../src/render/text/style.js'
import {wordsFor} from '../../../src/render/words/words.js'
import {aNotice} from '../../support/builders/notice.js'

const BRAZIL = {words: wordsFor('pt-BR').notice, timezone: 'America/Sao_Paulo'}
const DELIVERY = {id: '1', channel: 'slack', title: 'API down', status: 'delivered', reason: null} as const

describe('a notice in the terminal', () => {
  it('looks as people would see it', () => {
    expect(noticeText(aNotice(), BRAZIL, PLAIN)).toBe(`┃ 🔴 Em andamento: API down
┃
┃ The API is in progress.
┃
┃ Runbook  api-down
┃
┃ Crítico · faciliauto · Ambiente: staging · Operador: ana@laptop · 23/11/2026,
┃ 03:12:04 BRT`)
  })

  it('fits the terminal', () => {
    const text = noticeText(aNotice({body: 'word '.repeat(100)}), BRAZIL, {...PLAIN, width: 40})
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40)
  })
})

describe('what became of notices', () => {
  it.each([
    [DELIVERY, '✔ API down delivered to slack'],
    [
      {...DELIVERY, reason: 'No Slack configured: notice shown here only'},
      '✔ API down No Slack configured: notice shown here only',
    ],
    [{...DELIVERY, status: 'pending', reason: 'Slack is down'}, '▲ API down waits for slack: Slack is down'],
    [{...DELIVERY, status: 'rejected', reason: 'bad token'}, '✖ API down rejected by slack, it waits: bad token'],
    [{...DELIVERY, status: 'dropped', reason: 'given up'}, '▲ API down not sent to slack: given up'],
    [
      {...DELIVERY, status: 'unconfirmed', reason: 'no answer'},
      '✖ API down may have arrived in slack, and is not kept: no answer',
    ],
    [{...DELIVERY, status: 'lost', reason: 'disk full'}, '✖ API down neither sent to slack nor kept: disk full'],
  ] as const)('%o', (delivery, text) => {
    expect(deliveryText(delivery, PLAIN)).toBe(text)
  })

  it('is one line each, with what to type while something waits', () => {
    const waiting = {...DELIVERY, status: 'pending', reason: null} as const
    const text = flushText(
      {
        verdict: 'undelivered',
        data: {delivered: [DELIVERY], waiting: [waiting], held: [], unreadable: [{id: 'junk', reason: 'is empty'}]},
      },
      PLAIN,
    )
    expect(text.split('\n')).toEqual([
      '✔ API down delivered to slack',
      '▲ API down waits for slack  1',
      '✖ junk cannot be read: is empty',
      '→ faci notify flush --now        to retry now, also what was given up',
      '→ faci notify flush --resend ID  to post one again even if it may have arrived',
      '→ faci notify drop ID            to drop one',
    ])
    const nothing = {delivered: [], waiting: [], held: [], unreadable: []}
    expect(flushText({verdict: 'ok', data: nothing}, PLAIN)).toBe('✔ Nothing to deliver')
  })

  it('is the notice itself for a preview', () => {
    const text = postedNoticeText(
      {verdict: 'ok', data: {notice: aNotice(), delivery: null, previews: []}},
      PLAIN,
      BRAZIL,
    )
    expect(text).toContain('Em andamento: API down')
  })

  it('is what each channel would get, too, in its own form', () => {
    const mail = {channel: 'email', address: 'email ops@example.com'} as const
    const previews = [
      {...mail, format: 'text', text: 'one\ntwo'},
      {...mail, format: 'html', text: '<p>one</p>'},
    ] as const
    const posted = {verdict: 'ok', data: {notice: aNotice(), delivery: null, previews}} as const
    const text = postedNoticeText(posted, PLAIN, BRAZIL)
    expect(text).toContain('\n\nemail ops@example.com, as text\n│ one\n│ two\n\n')
    expect(text.endsWith('email ops@example.com, as html\n│ <p>one</p>')).toBe(true)
  })
})
