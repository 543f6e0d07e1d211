const documents = { T: 'threading', L: '_thread', Q: 'queue' } as const;

/** Where what a rule's source names can be read; nothing for sources without an anchor in the documentation. */
export function addresses(source: string): readonly string[] {
  return Array.from(
    source.matchAll(/\b([TLQ])#([\w.-]+)/g),
    ([, document, anchor]) =>
      `https://docs.python.org/3/library/${documents[document as keyof typeof documents]}.html#${anchor}`,
  );
}
