// Reading the section tree of GET /v1/reports/{id}/tree.

/**
 * The widest section that holds [start, end) and has at most `most` characters, as {start, end}: the most context
 * that still reads as one piece. null when the tree is missing or no section fits.
 */
export function sectionAround(tree, start, end, most) {
  let sections = (tree && tree.sections) || [];
  for (;;) {
    const holder = sections.find((one) => one.start <= start && end <= one.end);
    if (!holder) return null;
    if (holder.end - holder.start <= most) return { start: holder.start, end: holder.end };
    sections = holder.children || [];
  }
}
