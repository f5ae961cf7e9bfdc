// Reading the section tree of GET /v1/reports/{id}/tree.

/** The smallest section that holds [start, end), as {start, end}; null when the tree is missing or says nothing. */
export function sectionAround(tree, start, end) {
  let best = null;
  for (const section of walk(tree)) {
    const span = spanOf(section);
    if (!span || span.start > start || span.end < end) continue;
    if (!best || span.end - span.start < best.end - best.start) best = span;
  }
  return best;
}

function* walk(node) {
  if (!node || typeof node !== "object") return;
  const sections = Array.isArray(node) ? node : node.sections || node.children || [];
  for (const section of sections) {
    yield section;
    yield* walk({ children: section.children || [] });
  }
}

function spanOf(section) {
  const span = section.span || section;
  return Number.isInteger(span.start) && Number.isInteger(span.end) ? { start: span.start, end: span.end } : null;
}
