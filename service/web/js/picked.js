// Files the reader chose or dropped, folders opened up; only kinds a report can have.

export const IMAGES = [".png", ".jpg", ".jpeg", ".tif", ".tiff"];
export const KINDS = [".docx", ".doc", ".odt", ".rtf", ".pdf", ".html", ".htm", ".txt", ".md", ...IMAGES];

/** Split files into those worth sending and the number of others (of a folder: pictures of a system, lock files ...). */
export function sorted(files) {
  const wanted = files.filter((file) => !file.name.startsWith(".") && !file.name.startsWith("~$") && KINDS.some((kind) => file.name.toLowerCase().endsWith(kind)));
  return { wanted, others: files.length - wanted.length };
}

/** Every file of a drop, folders walked to the bottom. */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => (item.webkitGetAsEntry ? item.webkitGetAsEntry() : null));
  if (!entries.length || entries.some((one) => !one)) return [...transfer.files];
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // a hundred at a time
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(filesOf))).flat();
}
