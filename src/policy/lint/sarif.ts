import type { Finding, Fix, Severity } from './finding.ts'
import { lintRules } from './lint-rules.ts'

/** What `lintPolicy` found in one file. */
export interface FileFindings {
  /** A path or URI, relative to the repository where a reader should find it. */
  readonly file: string
  readonly findings: readonly Finding[]
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  'security-warning': 'warning',
  warning: 'warning',
  suggestion: 'note',
}

/**
 * Findings as a SARIF 2.1.0 log, which code hosts show beside the lines.
 * @param toolVersion - the version of Watchword
 * @returns plain data, for `JSON.stringify`
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function toSarif(results: readonly FileFindings[], toolVersion: string): object {
  const ruleIndex = new Map(lintRules.map(({ code }, index) => [code, index]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Watchword', version: toolVersion, rules: lintRules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: results.flatMap(({ file, findings }) =>
          findings.map((finding) => resultOf(file, finding, ruleIndex.get(finding.code) ?? -1)),
        ),
      },
    ],
  }
}

/** `security-severity` is what code hosts rank security findings by. */
function ruleOf({ code, severity, explanation }: (typeof lintRules)[number]): object {
  const properties =
    severity === 'security-warning' ? { tags: ['security'], 'security-severity': '7.0' } : undefined
  return {
    id: code,
    shortDescription: { text: explanation },
    defaultConfiguration: { level: levels[severity] },
    ...(properties && { properties }),
  }
}

function resultOf(file: string, finding: Finding, ruleIndex: number): object {
  const { code, severity, message, path, line, column, endLine, endColumn, fix } = finding
  const uri = uriOf(file)
  const region = {
    startLine: line,
    startColumn: column,
    ...(endLine !== undefined && { endLine }),
    ...(endColumn !== undefined && { endColumn }),
  }
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region },
        ...(path !== '' && { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
    ...(fix && { fixes: [fixOf(uri, fix)] }),
  }
}

function fixOf(uri: string, { description, edits }: Fix): object {
  const replacements = edits.map(({ start, end, text }) => ({
    deletedRegion: { charOffset: start, charLength: end - start },
    insertedContent: { text },
  }))
  return {
    description: { text: description },
    artifactChanges: [{ artifactLocation: { uri }, replacements }],
  }
}

/** A path with spaces or a percent sign is no URI yet; one with a scheme is. */
function uriOf(file: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file)) return file
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
}
