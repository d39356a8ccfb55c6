import type { Text } from '../../document.ts'
import { findKey } from '../condition-keys.ts'
import {
  addedVersion,
  hasVariables,
  type LintContext,
  quoted,
  replaceText,
  report,
} from '../context.ts'

/** Policy variables in Resource and in the values of conditions. */
export function checkVariables(context: LintContext): void {
  let old: Text | undefined
  for (const statement of context.document.statements) {
    const values = [
      ...(statement.resource?.items ?? []),
      ...(statement.notResource?.items ?? []),
      ...(statement.condition ?? []).flatMap((clause) => clause.values),
    ]
    for (const text of values) {
      if (!text.value.includes('${')) continue
      if (hasVariables(context.document)) checkText(context, text)
      else old ??= text
    }
  }
  if (old === undefined) return
  const { document } = context
  const { version } = document
  const message = `Before version 2012-10-17 ${quoted(old.value)} is plain text, so nothing will match it.`
  const fix = version === undefined ? addedVersion(document) : replaceText(version, '2012-10-17')
  report(context, 'variable-unsupported-in-version', old, message, fix)
}

const longestText = 4096

function checkText(context: LintContext, text: Text): void {
  const { value } = text
  if (value.length > longestText) return
  for (let at = value.indexOf('${'); at !== -1; at = value.indexOf('${', at + 2)) {
    const end = value.indexOf('}', at)
    if (end === -1) {
      const message = `A variable in ${quoted(value)} is not closed with a brace.`
      report(context, 'missing-brace-in-variable', text, message)
      return
    }
    checkOne(context, text, value.slice(at + 2, end))
  }
}

function checkOne(context: LintContext, text: Text, inside: string): void {
  if (inside === '*' || inside === '?' || inside === '$') return
  const comma = inside.indexOf(',')
  const name = (comma === -1 ? inside : inside.slice(0, comma)).trim()
  const fallback = comma === -1 ? undefined : inside.slice(comma + 1).trim()
  if (name === '') {
    report(context, 'empty-variable', text, 'A variable has no name.')
    return
  }
  if (fallback !== undefined && !/^'[^']*'$/.test(fallback)) {
    const message = `The default in ${quoted(`\${${inside}}`)} stands in single quotes.`
    report(context, 'missing-quote-in-variable', text, message)
    return
  }
  if (/\s/.test(name) && !/Tag\//i.test(name)) {
    const message = `The name of the variable ${quoted(name)} holds a space.`
    report(context, 'unsupported-space-in-variable', text, message)
    return
  }
  const found = findKey(name)
  if ('key' in found && found.key.multivalued) {
    const message = `${quoted(name)} holds several values, and such a variable never expands.`
    report(context, 'multivalued-variable', text, message)
  } else if (!('key' in found)) {
    const message = `No condition key has the name ${quoted(name)}, so the variable never expands.`
    report(context, 'unknown-variable', text, message)
  }
}
