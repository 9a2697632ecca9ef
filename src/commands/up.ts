import {Args, Flags} from '@oclif/core'
import {ChangeCommand} from '../cli/change-command.js'
import {CHANGE_FLAGS} from '../cli/change-flags.js'

export default class Up extends ChangeCommand {
  static override strict = false
  static override summary = 'bring services up and wait until they are healthy'
  static override description =
    "Shows the plan, asks, takes the lock, brings the services up through Compose, and waits until each is healthy: by its entry of `health:`, else Docker's health check, else because it runs. What `--recreate` replaces leaves its logs and inspection in the run."
  static override examples = [
    {description: 'Everything', command: '<%= config.bin %> up --yes'},
    {description: 'One service, built and made anew', command: '<%= config.bin %> up api --build --recreate --wait 2m'},
  ]

  static override args = {service: Args.string({description: 'services, all when none is named', name: 'SERVICE'})}
  static override flags = {
    ...CHANGE_FLAGS,
    build: Flags.boolean({description: 'build the images first'}),
    recreate: Flags.boolean({description: 'make the containers anew even if nothing changed'}),
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Up)
    const {build, recreate} = flags
    await this.change({kind: 'up', services: argv.map(String), build, recreate}, flags)
  }
}
