import { visible } from './visible.ts';

/** Text that is markup already and is not escaped again. Made by {@link html} and {@link raw} alone. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template; nothing is drawn for `undefined`, `null`, `true` and `false`. */
export type Content = string | number | boolean | null | undefined | Markup | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute of HTML or SVG; what a page would act upon is made visible. */
export function escape(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function render(content: Content): string {
  if (content === undefined || content === null || typeof content === 'boolean') return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escape(content);
  if (typeof content === 'number') return String(content);
  return content.map(render).join('');
}

/** A template of HTML or SVG in which every value is escaped, unless it is {@link Markup} itself. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Markup {
  let text = strings[0] ?? '';
  values.forEach((value, index) => {
    text += render(value) + (strings[index + 1] ?? '');
  });
  return new Markup(text);
}

/** Markup of our own, taken as it is: never text that came from a device, a file or a message. */
export function raw(text: string): Markup {
  return new Markup(text);
}

/** As {@link html}, for XML, where white space is kept as it is written. */
export function xml(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return html(strings, ...values);
}
