/** The widest line of running text. */
const WIDTH = 100;

/** The text broken into lines that fit a terminal, each after this indentation. */
export function paragraph(text: string, indentation = '', first = indentation): string {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const start = line === first || line === indentation;
    if (!start && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indentation;
    }
    line += line === first || line === indentation ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
