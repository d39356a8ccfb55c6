import { compileGlob, literalOf, prefixOf } from '../pattern/glob.ts'
import { expandText, isConstant, noRequest, type Template } from '../pattern/template.ts'
import type { Operator } from './operator-names.ts'

/** A text that the request's value must equal (`exact`) or begin with. */
export interface Anchor {
  readonly text: string
  readonly exact: boolean
}

/**
 * What a request's one value must begin with for the condition to be met, one anchor a policy
 * value. An index may pass over the statement when none of them fits, so in doubt there are none.
 *
 * @returns undefined when values that begin otherwise, or no value, can meet the condition
 */
export function anchorsOf(
  { family, negated, ifExists, set }: Operator,
  templates: readonly Template[],
): readonly Anchor[] | undefined {
  if (negated || ifExists || set !== undefined) return undefined
  if (family !== 'string' && family !== 'string-like') return undefined
  const anchors: Anchor[] = []
  for (const template of templates) {
    const anchor = family === 'string' ? exactAnchor(template) : prefixAnchor(template)
    if (anchor === undefined) return undefined
    anchors.push(anchor)
  }
  return anchors
}

function exactAnchor(template: Template): Anchor | undefined {
  if (!isConstant(template)) return undefined
  const text = expandText(template, noRequest)
  return text === undefined ? undefined : { text, exact: true }
}

function prefixAnchor(template: Template): Anchor | undefined {
  const [first] = template
  if (first === undefined || first.type !== 'text') return undefined
  const glob = compileGlob(first.text)
  const literal = template.length === 1 ? literalOf(glob) : undefined
  if (literal !== undefined) return { text: literal, exact: true }
  const text = prefixOf(glob)
  return text === '' ? undefined : { text, exact: false }
}
