import type { AccessRequest } from '../request.ts'
import { compileGlob, type Glob, literalOf, matchesGlob } from './glob.ts'
import { type LinearTemplate, linearTemplateOf, matchesLinearTemplate } from './linear-template.ts'
import { expandGlob, isPlain, parseTemplate, type Template } from './template.ts'

/** A pattern with wildcards and perhaps variables, compiled as far as it can be without a request. */
export interface TextPattern {
  readonly source: string
  /** Everything matches. */
  readonly any: boolean
  /** What to begin with is all that is asked: a text and a star. */
  readonly prefix: string | undefined
  /** The only text that matches, when neither wildcards nor variables are in it. */
  readonly literal: string | undefined
  readonly glob: Glob
  /** Present when the glob must be made anew for each request. */
  readonly template: Template | undefined
  /** The template in its fast form, where it has one. */
  readonly linear: LinearTemplate | undefined
}

/** @param variables - whether `${…}` is a variable: not in actions, nor before 2012-10-17 */
export function compilePattern(source: string, variables: boolean): TextPattern {
  const template = variables && source.includes('${') ? parseTemplate(source) : undefined
  if (template !== undefined && !isPlain(template)) {
    const first = template[0]
    const known = first?.type === 'text' ? first.text : ''
    const glob = compileGlob(`${known}*`)
    return {
      source,
      any: false,
      prefix: undefined,
      literal: undefined,
      glob,
      template,
      linear: linearTemplateOf(template),
    }
  }
  const glob = compileGlob(source)
  const [first, last] = glob.segments
  const isPrefix = glob.segments.length === 2 && last?.text === '' && first?.holes === undefined
  return {
    source,
    any: source === '*',
    prefix: isPrefix ? first?.text : undefined,
    literal: literalOf(glob),
    glob,
    template: undefined,
    linear: undefined,
  }
}

/** @returns undefined when a variable has no value, so that the pattern says nothing */
export function matchesPattern(
  pattern: TextPattern,
  text: string,
  request: AccessRequest,
): boolean | undefined {
  if (pattern.any) return true
  if (pattern.literal !== undefined) return pattern.literal === text
  if (pattern.prefix !== undefined) return text.startsWith(pattern.prefix)
  if (pattern.linear !== undefined) return matchesLinearTemplate(pattern.linear, text, request)
  if (pattern.template === undefined) return matchesGlob(pattern.glob, text)
  const glob = expandGlob(pattern.template, request, text.length)
  return glob === undefined ? undefined : matchesGlob(glob, text)
}
