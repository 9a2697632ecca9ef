import {it} from 'vitest'
import {writeFileSync} from 'node:fs'
import {corpus, scored} from '../../support/log-corpus/corpus.js'
it('scores', () => {
  const {developed, aside} = corpus()
  const formats = process.env['ASIDE'] === '1' ? aside : developed
  const marks = formats.flatMap(scored)
  const out: string[] = []
  for (const field of ['level', 'at', 'message', 'status', 'path', 'durationMs', 'requestId', 'exception']) {
    const own = marks.filter((m) => m.field === field)
    const having = own.filter((m) => m.wanted !== null)
    out.push(`${field}: ${having.filter((m) => m.mark === 'right').length}/${having.length} right, ${own.filter((m) => m.mark === 'missing').length} missing, ${own.filter((m) => m.mark === 'wrong').length} wrong`)
  }
  const full = formats.filter((f) => scored(f).every((m) => m.mark === 'right')).length
  out.push(`${full} of ${formats.length} fully right`)
  for (const m of marks) if (m.mark !== 'right') out.push(`${m.mark} ${m.format} ${m.field} wanted=${JSON.stringify(m.wanted)} got=${JSON.stringify(m.got)?.slice(0,120)} | ${m.text.slice(0, 150)}`)
  writeFileSync('/tmp/score.txt', out.join('\n'))
})
