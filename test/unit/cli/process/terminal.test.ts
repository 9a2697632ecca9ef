import {describe, expect, it} from 'vitest'
import {hasColour} from '../../../../src/cli/process/terminal.js'

describe('hasColour', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{TERM: 'dumb'}, true, false],
    [{FORCE_COLOR: '0'}, true, false],
    [{FORCE_COLOR: 'false'}, true, false],
    [{FORCE_COLOR: '0'}, false, false],
    [{FORCE_COLOR: ''}, true, true],
    [{FORCE_COLOR: ''}, false, true],
    [{FORCE_COLOR: 'true'}, false, true],
    [{FORCE_COLOR: '2'}, false, true],
    [{FORCE_COLOR: '1'}, false, true],
    [{FORCE_COLOR: '3', TERM: 'dumb'}, false, true],
    [{FORCE_COLOR: '1', NO_COLOR: '1'}, true, false],
    [{NO_COLOR: ''}, true, true],
  ])('%o on a terminal (%s): %s', (env, isTty, wanted) => {
    expect(hasColour(env, isTty)).toBe(wanted)
  })
})
