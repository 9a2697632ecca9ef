import {describe, expect, it} from 'vitest'
import {PLAIN} from '../../../../src/render/text/style.js'
import {runbookPlanText} from '../../../../src/render/runbook/runbook-plan.js'
import {planRunbook} from '../../../../src/usecases/runbook/plan-runbook.js'
import {runRunbook} from '../../../../src/usecases/runbook/run-runbook.js'
import {fakeCompose} from '../../../support/fakes/compose.js'
import {runInput, scene, type SceneOptions} from '../../../support/runbook-deps.js'
import {reasonsOf} from '../../../support/told.js'

const RUNBOOK = `---
resolved: {within: 5s, hold: 0s, every: 1s, all: [{health: api}]}
---
## Restart
\`\`\`sh {mitigate id=restart}
faci restart api
\`\`\`
## Recreate
\`\`\`sh {mitigate id=recreate confirm=always}
faci down && faci up
\`\`\`
`

function make(over: Partial<SceneOptions> = {}) {
  return scene({runbook: RUNBOOK, ...over})
}

const heals = (text: string): Pick<SceneOptions, 'onScript'> => ({
  onScript: (at, {script}) => {
    if (script.includes(text)) at.health = 200
    return {}
  },
})

describe('--approve', () => {
  it('an approval of before, whose hash could be forged, is refused with the one that is taken now', async () => {
    const at = make()
    const {data} = await runRunbook(at.deps, runInput())
    const now = /recreate@\w+/.exec(data.accept ?? '')?.[0] ?? ''
    await expect(
      runRunbook(at.deps, runInput({approve: [now.slice(0, 'recreate@'.length + 12)]})),
    ).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('a hash of 12 characters can be forged') as string,
      suggestions: [expect.stringContaining('--dry-run'), `then approve it with: --approve ${now}`],
    })
  })

  it('an approval is for one engine: where it does not tell its id, none is taken and none is offered', async () => {
    const known = make(heals('down'))
    const {data: offered} = await runRunbook(known.deps, runInput())
    const approve = [/recreate@\w+/.exec(offered.accept ?? '')?.[0] ?? '']
    const at = make({...heals('down'), engine: null})
    await expect(runRunbook(at.deps, runInput({approve}))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('does not tell its id') as string,
      suggestions: ['faci doctor'],
    })
    expect(at.shell.commands).toEqual([])
    const {verdict, data} = await runRunbook(at.deps, runInput())
    expect([verdict, data.accept]).toEqual(['refused', null])
    expect(at.progress.lines).toContainEqual(expect.stringContaining('cannot be approved beforehand'))
    const another = make({...heals('down'), engine: 'engine-2'})
    await expect(runRunbook(another.deps, runInput({approve}))).rejects.toMatchObject({code: 'refused'})
  })

  it('a file that scripts use is approved by its content, and looked at again at the gate', async () => {
    const runbook = RUNBOOK.replace('---\n', '---\nuses: [fix.sh]\n')
    const first = make({...heals('down'), runbook})
    first.files = {'fix.sh': 'aa'}
    const approve = [/recreate@\w+/.exec((await runRunbook(first.deps, runInput())).data.accept ?? '')?.[0] ?? '']
    const changed = make({...heals('down'), runbook})
    changed.files = {'fix.sh': 'bb'}
    await expect(runRunbook(changed.deps, runInput({approve}))).rejects.toMatchObject({code: 'refused'})
    // What runs before the gate puts another file there.
    const swapped = make({
      runbook,
      onScript: (scene, {script}) => {
        if (script.includes('restart')) scene.files = {'fix.sh': 'bb'}
        return {}
      },
    })
    swapped.files = {'fix.sh': 'aa'}
    const {verdict, data} = await runRunbook(swapped.deps, runInput({approve}))
    expect([verdict, reasonsOf(data)]).toEqual(['refused', 'a file of `uses` has changed since it was approved'])
    expect(swapped.shell.commands.some(({script}) => script.includes('down'))).toBe(false)
  })

  it('a file that scripts use and that is no text is said to be none, also where nothing is consented to', async () => {
    const runbook = RUNBOOK.replace('---\n', '---\nuses: [fix]\n')
    for (const diagnose of [false, true]) {
      const {deps} = make({...heals('restart'), runbook})
      const readUsed = () => Promise.resolve({path: 'fix', digest: 'aa', text: null, begins: 'program' as const})
      const plan = await planRunbook({...deps, compose: fakeCompose(), readUsed}, runInput({diagnose}))
      expect(runbookPlanText(plan, PLAIN)).toContain('fix sha256:aa (not text: nobody can read it)')
    }
  })

  it('a file that scripts use, changed while a person reads the card, is not what was agreed to', async () => {
    const runbook = RUNBOOK.replace('---\n', '---\nuses: [fix.sh]\n')
    const at = make({...heals('restart'), runbook})
    at.files = {'fix.sh': 'aa'}
    const answer = (): Promise<string> => {
      at.files = {'fix.sh': 'bb'}
      return Promise.resolve('y')
    }
    const prompt = {available: true, choose: answer, ask: answer}
    const {verdict, data} = await runRunbook({...at.deps, prompt}, runInput({yes: false}))
    expect([verdict, reasonsOf(data)]).toEqual([
      'refused',
      'a file of `uses` was changed while you were asked: look at it and run the runbook again',
    ])
    expect(at.shell.commands).toEqual([])
  })

  it('a file that scripts use, and that hides something, is run neither by a mitigation nor by a diagnosis', async () => {
    const runbook = RUNBOOK.replace('---\n', '---\nuses: [fix.sh]\n')
    const texts = {'fix.sh': 'echo ok\nrm "a\u202Eb"\n'}
    for (const diagnose of [false, true]) {
      const at = make({...heals('restart'), runbook})
      at.texts = texts
      await expect(runRunbook(at.deps, runInput({diagnose}))).rejects.toMatchObject({
        code: 'runbookInvalid',
        message: expect.stringContaining('fix.sh:2:6 has `\\u202e` (U+202E), which turns') as string,
      })
      expect(at.shell.commands).toEqual([])
    }
    const swapped = make({
      runbook,
      onScript: (scene) => {
        scene.texts = texts
        return {}
      },
    })
    const {verdict, data} = await runRunbook(swapped.deps, runInput({yes: true}))
    expect(verdict).toBe('refused')
    expect(reasonsOf(data)).toContain('fix.sh:2:6')
  })
})
