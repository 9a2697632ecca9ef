/** What Prometheus's templates may call: its own functions, and those of Go. */
export const TEMPLATE_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'query first label value strvalue args reReplaceAll safeHtml match title toUpper toLower graphLink tableLink sortByLabel ' +
    'stripPort stripDomain humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp toTime pathPrefix ' +
    'externalURL parseDuration and or not len index slice print printf println html js urlquery call eq ne lt le gt ge'
  ).split(' '),
)

/** What stands for itself, and what Prometheus declares before the text of an alert. */
export const TEMPLATE_VARIABLES: readonly string[] = ['$', '$labels', '$externalLabels', '$externalURL', '$value']
