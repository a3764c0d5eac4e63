/** The names in a compound file ([MS-CFB]: Word, Excel and PowerPoint of 97-2003, and others): what tells them apart. */

const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const MOST_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;
const FAT_IN_HEADER = 109;

export interface CompoundNames {
  /** Right below the root. */
  top: string[];
  /** At every depth. */
  all: string[];
}

interface Entry {
  name: string;
  left: number;
  right: number;
  child: number;
}

/** Undefined when it is none, or its directory cannot be read. */
export function namesInCompound(bytes: Uint8Array<ArrayBuffer>): CompoundNames | undefined {
  if (bytes.byteLength < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorBytes = 2 ** view.getUint16(30, true);
  if (sectorBytes !== 512 && sectorBytes !== 4096) return undefined;
  const entries = readDirectory(new Sectors(view, sectorBytes));
  const [root] = entries;
  if (!root) return undefined;
  return { top: namesBelow(entries, root.child), all: entries.map(({ name }) => name).filter(Boolean) };
}

/** The file as numbered sectors. None is visited twice: a chain that turns back ends there. */
class Sectors {
  readonly view: DataView;
  readonly bytes: number;
  readonly #fat: number[];

  constructor(view: DataView, bytes: number) {
    this.view = view;
    this.bytes = bytes;
    this.#fat = this.#fatSectors();
  }

  /** Where a sector begins; undefined when the file has none of that number. */
  offset(sector: number): number | undefined {
    const at = (sector + 1) * this.bytes;
    return sector < MOST_SECTOR && at + this.bytes <= this.view.byteLength ? at : undefined;
  }

  /** The beginnings of a chain's sectors. */
  chain(first: number): number[] {
    const seen = new Set<number>();
    for (
      let sector = first;
      !seen.has(sector) && this.offset(sector) !== undefined;
      sector = this.#after(sector)
    )
      seen.add(sector);
    return [...seen].flatMap((sector) => this.offset(sector) ?? []);
  }

  #after(sector: number): number {
    const perSector = this.bytes / 4;
    const table = this.#fat[Math.floor(sector / perSector)];
    return table === undefined ? NO_ENTRY : this.view.getUint32(table + (sector % perSector) * 4, true);
  }

  /** The table of chains lies in sectors that the header lists; from about 7 MB on, further lists follow. */
  #fatSectors(): number[] {
    const numbers = this.#numbers(76, FAT_IN_HEADER);
    const seen = new Set<number>();
    let list = this.view.getUint32(68, true);
    for (let at = this.offset(list); at !== undefined && !seen.has(list); at = this.offset(list)) {
      seen.add(list);
      const perList = this.bytes / 4 - 1;
      numbers.push(...this.#numbers(at, perList));
      list = this.view.getUint32(at + perList * 4, true);
    }
    return numbers.flatMap((sector) => this.offset(sector) ?? []);
  }

  #numbers(at: number, count: number): number[] {
    return Array.from({ length: count }, (_, i) => this.view.getUint32(at + i * 4, true));
  }
}

function readDirectory(sectors: Sectors): Entry[] {
  const perSector = sectors.bytes / ENTRY_BYTES;
  return sectors
    .chain(sectors.view.getUint32(48, true))
    .flatMap((start) =>
      Array.from({ length: perSector }, (_, i) => readEntry(sectors.view, start + i * ENTRY_BYTES)),
    );
}

function readEntry(view: DataView, at: number): Entry {
  // In bytes, its closing zero included.
  const length = Math.min(64, view.getUint16(at + 64, true)) - 2;
  const letters = Array.from({ length: Math.max(0, length / 2) }, (_, i) => view.getUint16(at + i * 2, true));
  return {
    name: String.fromCharCode(...letters),
    left: view.getUint32(at + 68, true),
    right: view.getUint32(at + 72, true),
    child: view.getUint32(at + 76, true),
  };
}

/** The siblings of a storage form a tree. */
function namesBelow(entries: readonly Entry[], child: number): string[] {
  const seen = new Set<number>();
  const waiting = [child];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const entry = entries[id];
    if (!entry || seen.has(id)) continue;
    seen.add(id);
    waiting.push(entry.left, entry.right);
  }
  return [...seen].flatMap((id) => entries[id]?.name ?? []);
}
