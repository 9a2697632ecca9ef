import {BaseCommand} from '../cli/base-command.js'
import {setupDeps, setupInput} from '../cli/setup-wiring.js'
import {setupText} from '../render/text/setup.js'
import {examineSetup} from '../usecases/setup/examine-setup.js'

export default class Doctor extends BaseCommand {
  static override summary = 'can it reach everything, is everything valid, and what to type next'
  static override examples = [
    {description: 'Before the first incident', command: '<%= config.bin %> doctor'},
    {description: 'For a script', command: '<%= config.bin %> doctor --json'},
  ]

  async run(): Promise<void> {
    const {flags} = await this.parse(Doctor)
    const container = await this.open(flags)
    this.present('doctor', await examineSetup(await setupDeps(container), setupInput(container)), setupText)
  }
}
