import {BaseCommand} from '../cli/command/base-command.js'
import {setupDeps, setupInput} from '../cli/wiring/doctor-wiring.js'
import {setupText} from '../render/doctor/setup.js'
import {setupInWords} from '../render/doctor/worded-setup.js'
import {examineSetup} from '../usecases/doctor/examine-setup.js'

export default class Doctor extends BaseCommand {
  static override summary = 'check connections and configuration, and suggest fixes'
  static override examples = [
    {description: 'Before the first incident', command: '<%= config.bin %> doctor'},
    {description: 'For a script', command: '<%= config.bin %> doctor --json'},
  ]

  async run(): Promise<void> {
    const {flags} = await this.parse(Doctor)
    const app = await this.open(flags)
    const setup = await examineSetup(await setupDeps(app), await setupInput(app))
    this.present('doctor', setupInWords(setup), setupText)
  }
}
