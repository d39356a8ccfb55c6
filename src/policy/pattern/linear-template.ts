/** Templates without wildcards but a last star: matched from left to right, with nothing made. */
import type { AccessRequest } from '../request.ts'
import { type Template, type TemplatePart, textOfPart } from './template.ts'

/** Texts and variables one after another. */
export interface LinearTemplate {
  readonly parts: readonly TemplatePart[]
  /** A star follows the last part. */
  readonly open: boolean
}

/** @returns undefined for a template with other wildcards */
export function linearTemplateOf(template: Template): LinearTemplate | undefined {
  const last = template[template.length - 1]
  const open = last?.type === 'text' && last.text.endsWith('*')
  const parts = open
    ? [...template.slice(0, -1), { type: 'text' as const, text: last.text.slice(0, -1) }]
    : template
  for (const part of parts) if (part.type === 'text' && /[*?]/.test(part.text)) return undefined
  return { parts, open }
}

/** @returns undefined when a variable has no value, wherever the texts part */
export function matchesLinearTemplate(
  { parts, open }: LinearTemplate,
  text: string,
  request: AccessRequest,
): boolean | undefined {
  let at = 0
  let matches = true
  for (const part of parts) {
    const value = textOfPart(part, request)
    if (value === undefined) return undefined
    matches &&= text.startsWith(value, at)
    at += value.length
  }
  return matches && (open || at === text.length)
}
