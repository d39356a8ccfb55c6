import type { Form } from './form.ts'

/** Parameters by the parts of their dotted names: `Tags.member.1.Key` lies four levels deep. */
export interface ParameterNode {
  value: string | undefined
  readonly children: Map<string, ParameterNode>
}

/** Deeper names than any shape of the models are left out like other unknown parameters. */
const deepest = 12

const newNode = (): ParameterNode => ({ value: undefined, children: new Map() })

export function parameterTree(form: Form): ParameterNode {
  const root = newNode()
  for (const [name, value] of form) {
    let node = root
    const parts = name.includes('.') ? name.split('.', deepest + 1) : [name]
    if (parts.length > deepest) continue
    for (const part of parts) {
      let child = node.children.get(part)
      if (!child) {
        child = newNode()
        node.children.set(part, child)
      }
      node = child
    }
    node.value ??= value
  }
  return root
}
