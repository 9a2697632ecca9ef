import {FaciError} from '../../domain/errors.js'
import type {ChannelPreview} from '../../domain/notices/preview.js'
import type {ExportFiles} from '../../ports/export-file.js'

/** Writes the page that a channel would send to a file, for a browser. Errors: `usage` where none sends a page, or the file cannot be written. */
export async function savePreview(
  exports: ExportFiles,
  previews: readonly ChannelPreview[],
  path: string,
): Promise<void> {
  const page = previews.find(({format}) => format === 'html')
  if (page === undefined)
    throw new FaciError('usage', '--open: no channel that this notice would go to sends HTML', {
      suggestions: ['set up a channel that does in faci.yml, such as email', 'leave --open out to see it here'],
    })
  const file = await exports.open(path)
  try {
    await file.write(page.text)
  } catch (error) {
    await file.discard()
    throw error
  }
  await file.commit()
}
