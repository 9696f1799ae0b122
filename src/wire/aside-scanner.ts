const DASH = 0x2d;
const QUESTION = 0x3f;
const GREATER = 0x3e;
const LESS = 0x3c;
const BANG = 0x21;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const CDATA_REST = [0x43, 0x44, 0x41, 0x54, 0x41, OPEN_BRACKET];

type Kind =
  'undecided' | 'dash' | 'bracket' | 'comment' | 'cdata' | 'instruction' | 'declaration' | 'declaration-open';

/**
 * Steps over what is no tag: comments, CDATA sections, processing instructions and document type declarations with
 * their internal subset. Fed one code unit at a time from behind `<!` or `<?`.
 */
export class AsideScanner {
  #kind: Kind = 'undecided';
  /** Units of the closing mark (or of an opening word) seen so far. */
  #run = 0;
  #quote = 0;
  #brackets = 0;
  #markups = 0;
  #inDeclaration = false;

  /** Begins behind `<!`. */
  startBang(): void {
    this.#kind = 'undecided';
    this.#run = 0;
    this.#quote = 0;
    this.#brackets = 0;
    this.#markups = 0;
    this.#inDeclaration = false;
  }

  /** Begins behind `<?`. */
  startInstruction(): void {
    this.startBang();
    this.#kind = 'instruction';
  }

  /** Takes one code unit; true when it was the last of the aside. */
  step(unit: number): boolean {
    switch (this.#kind) {
      case 'comment':
        return this.#closing(unit, DASH) && this.#leave();
      case 'cdata':
        return this.#closing(unit, CLOSE_BRACKET);
      case 'instruction':
        return this.#closingInstruction(unit) && this.#leave();
      case 'undecided':
        return this.#decide(unit);
      case 'dash':
        if (unit !== DASH) return this.#declaration(unit);
        if (this.#inDeclaration) this.#markups--;
        this.#enter('comment');
        return false;
      case 'bracket':
        return this.#cdataWord(unit);
      case 'declaration-open':
        return this.#declarationMarkup(unit);
      default:
        return this.#declaration(unit);
    }
  }

  /** Two or more of a mark and then `>`: `-->` and `]]>`. */
  #closing(unit: number, mark: number): boolean {
    if (unit === mark) this.#run++;
    else if (unit === GREATER && this.#run >= 2) return true;
    else this.#run = 0;
    return false;
  }

  #closingInstruction(unit: number): boolean {
    if (unit === GREATER && this.#run > 0) return true;
    this.#run = unit === QUESTION ? 1 : 0;
    return false;
  }

  #enter(kind: Kind): void {
    this.#kind = kind;
    this.#run = 0;
  }

  /** The end of a comment or instruction: of the aside too, unless it stood inside a declaration. */
  #leave(): boolean {
    if (!this.#inDeclaration) return true;
    this.#enter('declaration');
    return false;
  }

  #decide(unit: number): boolean {
    if (unit === DASH) this.#kind = 'dash';
    else if (unit === OPEN_BRACKET && !this.#inDeclaration) this.#enter('bracket');
    else return this.#declaration(unit);
    return false;
  }

  #cdataWord(unit: number): boolean {
    if (unit !== CDATA_REST[this.#run]) return this.#declaration(unit);
    if (++this.#run === CDATA_REST.length) this.#enter('cdata');
    return false;
  }

  /** Inside `<!DOCTYPE ... [ ... ]>`, or inside a malformed `<!...>`: quotes hide, brackets and tags nest. */
  #declaration(unit: number): boolean {
    this.#kind = 'declaration';
    this.#inDeclaration = true;
    if (this.#quote !== 0) {
      if (unit === this.#quote) this.#quote = 0;
    } else if (unit === DOUBLE_QUOTE || unit === SINGLE_QUOTE) this.#quote = unit;
    else if (unit === LESS) this.#kind = 'declaration-open';
    else if (unit === OPEN_BRACKET) this.#brackets++;
    else if (unit === CLOSE_BRACKET) this.#brackets--;
    else if (unit === GREATER) {
      if (this.#markups === 0 && this.#brackets <= 0) return true;
      if (this.#markups > 0) this.#markups--;
    }
    return false;
  }

  #declarationMarkup(unit: number): boolean {
    if (unit === QUESTION) this.#enter('instruction');
    else if (unit === BANG) {
      this.#markups++;
      this.#kind = 'undecided';
      return false;
    } else return this.#declaration(unit);
    return false;
  }
}
