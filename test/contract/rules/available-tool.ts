import {execa} from 'execa'
import {findTool, type Tool, type ToolName} from '../../../service/stack/debian.js'

/** Undefined, with the reason printed, where the tool cannot be had; in CI that is a failure. */
export async function availableTool(name: ToolName): Promise<Tool | undefined> {
  return await available(name, () => findTool(name))
}

export async function available<T>(name: string, find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find()
  } catch (error) {
    if (process.env['CI'] === 'true') throw error
    process.stderr.write(
      `SKIPPED: tests that need ${name}: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    return undefined
  }
}

export interface ToolRun {
  readonly exitCode: number | undefined
  readonly stdout: string
  /** Both streams as they came. */
  readonly output: string
}

/** Runs a tool; a failure is a result, not an error. */
export async function runTool(tool: Tool | undefined, parameters: readonly string[], cwd: string): Promise<ToolRun> {
  if (tool === undefined) throw new Error('this test needs a tool that is not here')
  const {exitCode, stdout, all} = await execa(tool.command, parameters, {cwd, env: tool.env, all: true, reject: false})
  return {exitCode, stdout, output: all}
}
