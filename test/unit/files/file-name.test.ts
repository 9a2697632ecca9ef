import fc from 'fast-check'
import {basename, join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {fileName} from '../../../src/files/file-name.js'

const anyName = fc.oneof(
  fc.string({unit: 'grapheme', maxLength: 300}),
  fc.string({unit: fc.constantFrom('.', '/', '%', '~', 'a', '\0', '\\', 'é'), maxLength: 12}),
  fc.constantFrom('', '.', '..', '../../x', '/etc/passwd', '.hidden', 'a\nb', '-rf', '%', '%00'),
)

describe('the file name of a name', () => {
  it('is a single visible entry of its folder, with room for more in 255 bytes', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const entry = fileName(name)
        expect(basename(join('/store', entry))).toBe(entry)
        expect(entry).toMatch(/^[\w%-][\w.%~-]*$/)
        expect(entry.length).toBeLessThanOrEqual(200)
      }),
    )
  })

  it('is another for each name, also where both are too long', () => {
    fc.assert(
      fc.property(anyName, anyName, (left, right) => {
        fc.pre(left !== right)
        expect(fileName(left)).not.toBe(fileName(right))
      }),
    )
    expect(fileName(`${'x'.repeat(300)}a`)).not.toBe(fileName(`${'x'.repeat(300)}b`))
  })

  it('keeps what is plain, so that files of earlier versions are found', () => {
    for (const name of ['faciliauto', 'shop_2-b', '01ARZ3NDEKTSV4RRFFQ69G5FA1', 'api-1.inspect.json', 'x'.repeat(200)])
      expect(fileName(name)).toBe(name)
    for (const thread of ['slack.01ARZ3NDEKTSV4RRFFQ69G5FA1', 'slack.run of api/down', 'slack.ação:1'])
      expect(fileName(thread)).toBe(encodeURIComponent(thread))
  })
})
