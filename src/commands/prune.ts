import {planOnStderr} from '../cli/command/alert-change.js'
import {BaseCommand} from '../cli/command/base-command.js'
import {interruptible} from '../cli/process/interruptible.js'
import {PRUNE_FLAGS, pruneInput} from '../cli/wiring/prune-wiring.js'
import {prunePlanText, pruneText} from '../render/retention/prune.js'
import {pruneStore} from '../usecases/retention/prune-store.js'

export default class Prune extends BaseCommand {
  static override summary = 'prune old runs, evidence and notices from the store'
  static override description =
    'Shows what goes and what stays, and why; asks; removes it; and reads back. `store.retention` in faci.yml says for how long each kind is kept after it ended (evidence 90d, runs 180d, notices 90d, pageTests 90d, incidents never). Whatever their age it keeps: what has not ended or is in use, open incidents and all that is in their timelines, incidents with open action items, runs of incidents that are kept, the newest run of each runbook and the 30 newest of all, what `up --image previous` needs, notices that wait and those they refer to, decisions about the rota, and files that faci did not write. INC-7 is never given twice. Nothing to do is silent under --yes without a terminal. Exit 3 when something could not be removed, 5 when another prune is at it.'
  static override examples = [
    {description: 'What would go', command: '<%= config.bin %> prune --dry-run'},
    {description: 'By cron', command: '<%= config.bin %> prune --yes --config /srv/shop/faci.yml'},
    {
      description: 'Evidence of more than a month ago, now',
      command: '<%= config.bin %> prune --kind evidence --older-than 30d',
    },
    {
      description: 'Incidents too, which are kept by themselves',
      command: '<%= config.bin %> prune --kind incidents --older-than 730d',
    },
  ]

  static override flags = PRUNE_FLAGS

  async run(): Promise<void> {
    const {flags} = await this.parse(Prune)
    const app = await this.open(flags)
    const input = pruneInput(app, flags)
    const [keeper, clock, prompt] = await Promise.all([app.storeKeeper(), app.clock(), app.prompt()])
    const showPlan = planOnStderr(app, this.terminal, flags.json, prunePlanText)
    const result = await interruptible(({signal}) => pruneStore({keeper, clock, prompt, showPlan}, {...input, signal}))
    // A crontab mails whatever is printed.
    const isQuiet = flags.yes && !this.terminal.stdoutIsTty
    this.present('prune', result, (shown, style) => pruneText(shown, style, isQuiet))
  }
}
