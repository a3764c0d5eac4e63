/** The kinds of files that a case takes: how people call them, what their names end with, what browsers are told. */

export const FILE_KINDS = {
  pdf: { label: 'PDF', type: 'application/pdf', endings: ['pdf'] },
  jpeg: { label: '画像（JPEG）', type: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  png: { label: '画像（PNG）', type: 'image/png', endings: ['png'] },
  webp: { label: '画像（WebP）', type: 'image/webp', endings: ['webp'] },
  heic: { label: '画像（HEIC）', type: 'image/heic', endings: ['heic', 'heif'] },
  docx: {
    label: 'Word',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['docx'],
  },
  xlsx: {
    label: 'Excel',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    endings: ['xlsx'],
  },
  pptx: {
    label: 'PowerPoint',
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    endings: ['pptx'],
  },
  doc: { label: 'Word（97-2003）', type: 'application/msword', endings: ['doc'] },
  xls: { label: 'Excel（97-2003）', type: 'application/vnd.ms-excel', endings: ['xls'] },
  ppt: { label: 'PowerPoint（97-2003）', type: 'application/vnd.ms-powerpoint', endings: ['ppt'] },
} as const satisfies Record<string, { label: string; type: string; endings: readonly string[] }>;
export type FileKind = keyof typeof FILE_KINDS;

const ALL = Object.values(FILE_KINDS);

/** For the file chooser of browsers: names' ends and media types, since phones know only the one or the other. */
export const ACCEPTED = ALL.flatMap(({ type, endings }) => [
  ...endings.map((ending) => `.${ending}`),
  type,
]).join(',');

/** How people call a stored media type. */
export function labelOfType(type: string): string {
  return ALL.find((each) => each.type === type)?.label ?? type;
}

/** What a stored file of this media type ends with. */
export function endingOfType(type: string): string {
  return ALL.find((each) => each.type === type)?.endings[0] ?? 'bin';
}
