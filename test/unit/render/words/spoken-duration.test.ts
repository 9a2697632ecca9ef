import {expect, it} from 'vitest'
import {spokenDuration} from '../../../../src/render/words/spoken-duration.js'

it.each([
  [0, '.', '0.0 s'],
  [7.46, ',', '7,5 s'],
  [17.2, '.', '17 s'],
  [59.4, '.', '59 s'],
  [59.6, '.', '1m'],
  [90, ',', '1m 30s'],
])('%d seconds, with "%s", are said as %s', (seconds, mark, said) => {
  expect(spokenDuration(seconds, mark)).toBe(said)
})
