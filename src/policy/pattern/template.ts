/**
 * Texts with policy variables. What a variable brings in is data: a `*` in it is an ordinary
 * character, only the author's own `*` and `?` are wildcards.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */

import { isDocumentedMultivalued } from '../condition/multivalued-keys.ts'
import type { AccessRequest } from '../request.ts'
import { type Glob, type GlobSegment, globOf } from './glob.ts'

/** Author's text (wildcards live), literal text of `${*}`, or a variable. */
export type TemplatePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'literal'; readonly text: string }
  | {
      readonly type: 'variable'
      /** As written. */
      readonly name: string
      readonly key: string
      /** The key can hold several values, so that nothing can stand here. */
      readonly multivalued: boolean
      readonly fallback: string | undefined
    }

export type Template = readonly TemplatePart[]

/** A name holds no `$`, so that no text is looked through twice. */
const variable = /\$\{(\$|[^}',$]*)(?:,\s*'([^']*)'\s*)?\}/y

/** Text outside a well-formed `${…}` stays text. */
export function parseTemplate(text: string): Template {
  const parts: TemplatePart[] = []
  let from = 0
  for (let at = text.indexOf('${'); at !== -1; at = text.indexOf('${', at + 1)) {
    variable.lastIndex = at
    const found = variable.exec(text)
    if (found === null) continue
    if (at > from) parts.push({ type: 'text', text: text.slice(from, at) })
    const name = (found[1] ?? '').trim()
    parts.push(
      name === '*' || name === '?' || name === '$'
        ? { type: 'literal', text: name }
        : variablePart(name, found[2]),
    )
    from = at + found[0].length
    at = from - 1
  }
  if (from < text.length || parts.length === 0) parts.push({ type: 'text', text: text.slice(from) })
  return parts
}

function variablePart(name: string, fallback: string | undefined): TemplatePart {
  const key = name.toLowerCase()
  return { type: 'variable', name, key, multivalued: isDocumentedMultivalued(key), fallback }
}

/** Does it say the same in every request? */
export function isConstant(template: Template): boolean {
  return template.every((part) => part.type !== 'variable')
}

/** For templates that never look at the request. */
const noRequest: AccessRequest = {
  principal: { type: 'anonymous' },
  action: '',
  resource: '',
  context: new Map(),
}

/** Is it without variables and literal wildcards? */
export function isPlain(template: Template): boolean {
  return template.every((part) => part.type === 'text')
}

/** Undefined when a variable has neither a single value in the request nor a default. */
export function textOfPart(part: TemplatePart, request: AccessRequest): string | undefined {
  if (part.type !== 'variable') return part.text
  if (part.multivalued || request.multivaluedKeys?.has(part.key) === true) return undefined
  const value = request.context.get(part.key)
  if (typeof value === 'string') return value
  // A default stands in for an absent key, never for one that holds several values.
  if (value === undefined || value.length === 0) return part.fallback
  return value.length === 1 ? value[0] : undefined
}

/**
 * The text with all variables replaced, wildcards not marked.
 * @param most - a longer text is of no use, and is not made: a short policy can ask for gigabytes
 */
export function expandText(
  template: Template,
  request: AccessRequest,
  most: number,
): string | undefined {
  let text = ''
  for (const part of template) {
    const value = textOfPart(part, request)
    if (value === undefined || text.length + value.length > most) return undefined
    text += value
  }
  return text
}

/** The text of a constant template. */
export function constantText(template: Template): string {
  return expandText(template, noRequest, Number.POSITIVE_INFINITY) ?? ''
}

/** The segments of a constant template. */
export function constantSegments(template: Template): GlobSegment[] {
  return expandSegments(template, noRequest, Number.POSITIVE_INFINITY) ?? []
}

/** The pattern with all variables replaced by literal text; `most` as for `expandSegments`. */
export function expandGlob(
  template: Template,
  request: AccessRequest,
  most: number,
): Glob | undefined {
  const segments = expandSegments(template, request, most)
  return segments === undefined ? undefined : globOf(segments)
}

interface OpenSegment {
  text: string
  holes: number[]
}

/**
 * Cuts at the author's stars.
 * @param most - the length of the text to be matched: of values beyond it only colons are kept,
 * so that the segments fit nothing that long but are an ARN, or none, as before
 */
export function expandSegments(
  template: Template,
  request: AccessRequest,
  most: number,
): GlobSegment[] | undefined {
  let open: OpenSegment = { text: '', holes: [] }
  let length = 0
  const segments = [open]
  for (const part of template) {
    const value = textOfPart(part, request)
    if (value === undefined) return undefined
    if (part.type !== 'text') {
      const fitting = length + value.length <= most ? value : shortened(value, most - length)
      open.text += fitting
      length += fitting.length
      continue
    }
    for (const character of value.split(/([*?])/)) {
      if (character === '*') {
        open = { text: '', holes: [] }
        segments.push(open)
      } else {
        if (character === '?') open.holes.push(open.text.length)
        open.text += character
      }
    }
  }
  return segments.map(({ text, holes }) => ({
    text,
    holes: holes.length === 0 ? undefined : holes,
  }))
}

/** Too long by one at least where `room` is not yet used up; five colons are all an ARN asks for. */
function shortened(value: string, room: number): string {
  const kept = room < 0 ? '' : value.slice(0, room + 1)
  let colons = 0
  for (let at = value.indexOf(':', kept.length); at !== -1 && colons < 5; colons++) {
    at = value.indexOf(':', at + 1)
  }
  return kept + ':'.repeat(colons)
}

/** The variables, as written, that have no value in this request. */
export function unresolvedNames(template: Template, request: AccessRequest): string[] {
  const names: string[] = []
  for (const part of template) {
    if (part.type === 'variable' && textOfPart(part, request) === undefined) names.push(part.name)
  }
  return names
}
