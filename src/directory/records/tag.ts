export interface Tag {
  readonly Key: string
  readonly Value: string
}
