import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {linesOf} from '../../../../src/domain/text/visible.js'
import type {Gauges} from '../../../../src/usecases/incidents/incident-deps.js'
import {type PostmortemDeps, writePostmortem} from '../../../../src/usecases/postmortem/write-postmortem.js'
import {keepMissingFigures} from '../../../../src/usecases/postmortem/keep-missing-figures.js'
import type {Metrics} from '../../../../src/ports/metrics.js'
import {aMeasurement} from '../../../support/builders/measurement.js'
import {measuredAs, postmortemScene, resolvedScene} from '../../../support/documents/postmortems.js'
import {fakeLoadedRules} from '../../../support/fakes/loaded-rules.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'
import {pageElements} from '../../../support/xml.js'

/** Answers every range with one sample of traffic for each step, or with nothing. */
function metricsOf(value: number | null): Metrics {
  return {
    ...fakeMetrics({}),
    queryRange: (_, {start, end, stepSeconds}) => {
      const points = []
      for (let at = start; at <= end; at += stepSeconds) points.push({at, value: value ?? 0})
      const series = value === null ? [] : [{labels: {signal: 'traffic'}, points}]
      return Promise.resolve({series, warnings: [], notes: []})
    },
  }
}

const DOWN: Metrics = {
  ...fakeMetrics({}),
  query: () => Promise.reject(new FaciError('unreachable', 'nobody answers')),
  queryRange: () => Promise.reject(new FaciError('unreachable', 'nobody answers')),
}

function gauged(deps: PostmortemDeps, metrics: Metrics): PostmortemDeps {
  const gauges: Gauges = {
    deps: {metrics, rules: fakeLoadedRules([]), readThreshold: () => null, clock: deps.clock},
    subject: {job: 'shop', objectives: [], refused: null},
  }
  return {...deps, gauges: () => Promise.resolve(gauges)}
}

describe('a post-mortem', () => {
  it('is written once, and then updated around what people wrote', async () => {
    const {scene, deps, files, input} = await resolvedScene()
    const first = await writePostmortem(deps, input)
    const path = 'postmortems/INC-1-api-down.md'
    expect(first).toMatchObject({verdict: 'ok', data: {report: {file: {path, isNew: true}}}})
    const own = (files.kept.get(path) ?? '').replace(
      '## What made it hard\n',
      '## What made it hard\n\nThe cache lied.\n',
    )
    files.kept.set(path, own)
    await scene.act({act: 'note', text: 'one more thing', at: null}, 'last')
    await scene.act({act: 'update', text: '', changes: {title: 'Search down'}, times: {}}, 'last')
    const {data} = await writePostmortem(deps, input)
    const text = files.kept.get(path) ?? ''
    expect([...files.kept.keys()]).toEqual([path])
    expect(text).toContain('one more thing')
    expect(text).toContain('## What made it hard\n\nThe cache lied.\n')
    expect(data.report.file?.sections).toMatchObject([
      {outcome: 'written'},
      {outcome: 'same'},
      {outcome: 'same'},
      {outcome: 'written'},
      {outcome: 'same'},
      {outcome: 'same'},
      {outcome: 'same'},
    ])
  })

  it('leaves a section that somebody edited, and refuses one whose markers are gone', async () => {
    const {deps, files, input} = await resolvedScene()
    await writePostmortem(deps, input)
    const [path = '', text = ''] = [...files.kept][0] ?? []
    files.kept.set(path, text.replace('## Timeline', '## When what happened').replace(/<!-- faci:end impact -->\n/, ''))
    const before = files.kept.get(path)
    const {verdict, data} = await writePostmortem(deps, input)
    expect(verdict).toBe('bad')
    expect(data.report.file?.sections.filter(({outcome}) => outcome !== 'same')).toEqual([
      {section: 'impact', outcome: 'unclosed'},
      {section: 'timeline', outcome: 'edited'},
    ])
    expect(files.kept.get(path)).toBe(before)
  })

  it('is no other file, and no other incident’s', async () => {
    const {scene, deps, files, input} = await resolvedScene()
    files.kept.set('notes.md', '# mine\n')
    await writePostmortem(deps, {...input, file: 'one.md'})
    await scene.open({title: 'Another', isNew: true})
    const other = {...input, name: 'INC-2'}
    for (const file of ['notes.md', 'one.md'])
      await expect(writePostmortem(deps, {...other, file})).rejects.toMatchObject({code: 'refused'})
    expect(files.kept.get('notes.md')).toBe('# mine\n')
    for (const name of ['a', 'b']) files.kept.set(`postmortems/INC-2-${name}.md`, '')
    await expect(writePostmortem(deps, other)).rejects.toMatchObject({code: 'refused'})
  })

  it('is a draft while the incident is not over', async () => {
    const {scene, deps, input} = postmortemScene()
    await scene.open()
    scene.clock.advance(600)
    const {data} = await writePostmortem(gauged(deps, metricsOf(2)), input)
    expect(data.report).toMatchObject({
      isDraft: true,
      figures: {from: 'soFar', measurement: {end: '2026-11-28T06:10:00.000Z'}},
    })
    expect(data.markdown).toContain('**Draft: ')
    const {entries} = await deps.incidents.read(data.report.incident.id)
    expect(entries.some(({kind}) => kind === 'incident.measured')).toBe(false)
  })
})

describe('the figures of a post-mortem', () => {
  it('are those that were kept, whatever Prometheus says by now', async () => {
    const {scene, deps, input} = await resolvedScene()
    const whole = {...aMeasurement().charts, askedUntil: '2026-11-28T06:40:00.000Z'}
    await measuredAs(scene, aMeasurement({charts: whole}))
    for (const metrics of [metricsOf(99), metricsOf(null), DOWN]) {
      const {verdict, data} = await writePostmortem(gauged(deps, metrics), input)
      expect([verdict, data.report.figures.from, data.report.figures.measurement?.charts]).toEqual([
        'ok',
        'frozen',
        whole,
      ])
    }
  })

  it('are measured again when somebody wants that, and the old ones stay', async () => {
    const {scene, deps, input} = await resolvedScene()
    await measuredAs(scene, aMeasurement())
    const {data} = await writePostmortem(gauged(deps, metricsOf(7)), {...input, refresh: true})
    const {id} = data.report.incident
    expect(data.report.figures).toMatchObject({from: 'measured', before: ['2026-11-28T06:15:02.000Z']})
    const kept = (await deps.incidents.read(id)).entries.filter(({kind}) => kind === 'incident.measured')
    expect(kept).toHaveLength(2)
    for (const metrics of [metricsOf(null), DOWN]) {
      const again = await writePostmortem(gauged(deps, metrics), {...input, refresh: true})
      expect([again.verdict, again.data.report.figures.notes.map(({why}) => why)]).toEqual([
        'unknown',
        ['notRefreshed'],
      ])
      expect(again.data.report.figures.measurement).toEqual(data.report.figures.measurement)
    }
  })

  it('are measured again when the times were corrected, or are said to be of the old ones', async () => {
    const {scene, deps, input} = await resolvedScene()
    await measuredAs(scene, aMeasurement())
    await scene.act({act: 'resolve', as: 'fixed', text: '', at: '2026-11-28T06:10:00.000Z'}, 'last')
    const blind = await writePostmortem(gauged(deps, DOWN), input)
    expect(blind.data.report.figures.notes).toMatchObject([
      {why: 'otherTimes', end: '2026-11-28T06:15:00.000Z'},
      {why: 'notRefreshed', detail: 'nobody answers'},
    ])
    const {data} = await writePostmortem(gauged(deps, metricsOf(2)), input)
    expect(data.report.figures).toMatchObject({
      from: 'measured',
      measurement: {end: '2026-11-28T06:10:00.000Z'},
      notes: [{why: 'timesCorrected'}],
    })
  })

  it('get the time after the incident once it is over, and nothing else', async () => {
    const {scene, deps, input} = await resolvedScene()
    await measuredAs(scene, aMeasurement())
    scene.clock.advance(3600)
    const {data} = await writePostmortem(gauged(deps, metricsOf(9)), input)
    const {measurement} = data.report.figures
    expect(measurement).toMatchObject({takenAt: '2026-11-28T06:15:02.000Z', downtime: {seconds: 240}})
    expect(measurement?.charts.series.find(({signal}) => signal === 'traffic')?.values.slice(0, 6)).toEqual([
      2, 2, 2, 1.5, 0, 2,
    ])
    expect(Date.parse(measurement?.charts.askedUntil ?? '')).toBeGreaterThanOrEqual(Date.parse('2026-11-28T06:40:00Z'))
  })

  it('that are missing, or in doubt, are said to be, and are no 0', async () => {
    const none = await resolvedScene()
    const blind = await writePostmortem(gauged(none.deps, DOWN), none.input)
    expect([blind.verdict, blind.data.markdown.includes('Nothing could be measured: nobody answers')]).toEqual([
      'unknown',
      true,
    ])
    expect(blind.data.markdown).not.toMatch(/Service down \| 0/)
    const {scene, deps, input} = await resolvedScene()
    await measuredAs(scene, aMeasurement({warnings: ['partial answer']}))
    const doubted = await writePostmortem(deps, input)
    expect(doubted).toMatchObject({verdict: 'unknown', warnings: ['Prometheus: partial answer']})
    expect(doubted.data.markdown).toContain('**Unreliable: Prometheus warned: partial answer**')
  })
})

const EVIL = ']]><script>alert(1)</script>&\u001b[31m<!channel>|"\' `x`\u202e<img src=x>'

describe('figures that were missing', () => {
  it('are kept by the next check, once, and while Prometheus is away nothing is', async () => {
    const {scene, deps} = await resolvedScene()
    const kept = async (): Promise<number> => {
      const id = (await scene.deps.incidents.find('last')) ?? ''
      return (await deps.incidents.read(id)).entries.filter(({kind}) => kind === 'incident.measured').length
    }
    await keepMissingFigures(gauged(deps, DOWN))
    expect(await kept()).toBe(0)
    scene.clock.advance(3600)
    for (let day = 0; day < 2; day += 1) await keepMissingFigures(gauged(deps, metricsOf(1)))
    expect(await kept()).toBe(1)
  })
})

describe('the page of a post-mortem', () => {
  it('has for every chart a title, a description and a table, and nothing that runs or is fetched', async () => {
    const {scene, deps, input, pages} = await resolvedScene()
    await measuredAs(scene, aMeasurement())
    await writePostmortem(deps, {...input, page: 'x.html'})
    const page = pages.get('x.html') ?? ''
    const elements = pageElements(page)
    const charts = elements.filter(({name}) => name === 'svg')
    expect(charts).toHaveLength(2)
    for (const {attributes, children} of charts) {
      const named = (name: string) => children.find((one) => one.name === name)
      expect([named('title')?.text !== '', named('desc')?.text !== '']).toEqual([true, true])
      expect(attributes['aria-labelledby']).toBe(
        `${named('title')?.attributes['id'] ?? ''} ${named('desc')?.attributes['id'] ?? ''}`,
      )
    }
    expect(page.match(/<\/figure>\n<table>/g)).toHaveLength(charts.length)
    expect(elements.filter(({name}) => ['script', 'link', 'img', 'iframe', 'object', 'form'].includes(name))).toEqual(
      [],
    )
    const policy = elements.find(({attributes}) => attributes['http-equiv'] === 'Content-Security-Policy')
    expect(policy?.attributes['content']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    )
    expect(page).toMatch(/@page \{ size: A4/)
    expect(page).not.toMatch(/url\(|@import|src=|NaN|undefined/)
  })

  it('shows whatever was written in a title, a note, or by people, and obeys none of it', async () => {
    const {scene, deps, files, input, pages} = postmortemScene()
    await scene.open({title: EVIL, impact: EVIL, services: [EVIL]})
    await scene.act({act: 'note', text: EVIL, at: null})
    await writePostmortem(deps, input)
    const [path = '', text = ''] = [...files.kept][0] ?? []
    files.kept.set(path, `${text}\n${EVIL}\n\n<!-- private -->\n\n[x](javascript:alert(1)) [y](https://shop.example)\n`)
    await writePostmortem(deps, {...input, page: 'x.html'})
    const page = pages.get('x.html') ?? ''
    const elements = pageElements(page)
    expect(elements.filter(({name}) => ['script', 'img'].includes(name))).toEqual([])
    expect(elements.flatMap(({name, attributes}) => (name === 'a' ? [attributes['href']] : []))).toEqual([
      'https://shop.example',
    ])
    expect(page).not.toMatch(/[\u001b\u202e]|private/)
    expect(page.split('&lt;script&gt;').length).toBeGreaterThan(4)
    expect(linesOf(text).filter((line) => line.startsWith('<!--'))).toHaveLength(15)
  })

  it('and the Markdown of a copy for others hold no name that the record knows', async () => {
    const {scene, deps, files, input, pages} = await resolvedScene()
    await writePostmortem(deps, input)
    const [path = '', text = ''] = [...files.kept][0] ?? []
    const own = text.replace('## What made it hard\n', '## What made it hard\n\nAna was alone, ana@shop.com.\n')
    files.kept.set(path, own)
    const {data} = await writePostmortem(deps, {...input, redact: true, writes: false, page: 'x.html'})
    for (const copy of [data.markdown, pages.get('x.html') ?? '', JSON.stringify(data.report)]) {
      expect(copy).not.toMatch(/\b(?:ana|bia|caio|davi)\b|@shop\.com/i)
      expect(copy).toMatch(/person A/)
    }
    expect(data.markdown).not.toContain('<!-- faci')
    expect(files.kept.get(path)).toBe(own)
    expect(scene.slack.posts.length).toBeGreaterThan(0)
  })
})
