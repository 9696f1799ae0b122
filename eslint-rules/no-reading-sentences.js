/** What holds a sentence that the harness wrote for a person. */
const SENTENCES = new Set([
  'actual',
  'expected',
  'reason',
  'incompleteReason',
  'sentence',
  'summary',
  'meaning',
  'quote',
  'remark',
  'from',
]);

/** What looks into a text. */
const READS = new Set([
  'test',
  'exec',
  'match',
  'matchAll',
  'replace',
  'replaceAll',
  'includes',
  'startsWith',
  'endsWith',
  'search',
  'split',
  'indexOf',
  'lastIndexOf',
]);

/** What leaves a sentence a sentence. */
const SHAPES = new Set([
  'trim',
  'trimStart',
  'trimEnd',
  'toLowerCase',
  'toUpperCase',
  'normalize',
  'slice',
  'substring',
  'concat',
  'toString',
  'join',
]);

function nameOf({ computed, property }) {
  if (!computed) return property.name;
  return property.type === 'Literal' ? property.value : undefined;
}

/**
 * Holds that facts are read as data: what a sentence of ours says is found elsewhere, as a code or a number. A name is
 * followed to the constant or the key that it was taken from, within its file.
 */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      reads:
        'A sentence is written for people: read the code, the figures or the requirement instead of "{{name}}".',
    },
  },
  create(context) {
    const { sourceCode } = context;

    /** The sentence in an expression, by the name it goes by. */
    function sentenceIn(node, seen = new Set()) {
      if (!node || seen.has(node)) return undefined;
      seen.add(node);
      const within = (...nodes) => {
        for (const one of nodes) {
          const found = sentenceIn(one, seen);
          if (found !== undefined) return found;
        }
        return undefined;
      };
      switch (node.type) {
        case 'MemberExpression': {
          const name = nameOf(node);
          return SENTENCES.has(name) ? name : undefined;
        }
        case 'Identifier':
          return SENTENCES.has(node.name) ? node.name : within(...originsOf(node));
        case 'CallExpression': {
          const { callee } = node;
          if (callee.type === 'Identifier' && callee.name === 'String') return within(...node.arguments);
          if (callee.type !== 'MemberExpression') return undefined;
          const name = nameOf(callee);
          if (name === 'map' || name === 'flatMap') return within(node.arguments[0]?.body);
          return SHAPES.has(name) ? within(callee.object) : undefined;
        }
        case 'TemplateLiteral':
          return within(...node.expressions);
        case 'BinaryExpression':
          return node.operator === '+' ? within(node.left, node.right) : undefined;
        case 'LogicalExpression':
          return within(node.left, node.right);
        case 'ConditionalExpression':
          return within(node.consequent, node.alternate);
        case 'ArrayExpression':
          return within(...node.elements);
        case 'ChainExpression':
        case 'TSNonNullExpression':
        case 'TSAsExpression':
        case 'TSSatisfiesExpression':
          return within(node.expression);
        default:
          return undefined;
      }
    }

    /** What a name stands for: the value of a constant, or the key that it was taken from. */
    function originsOf(identifier) {
      const variable = find(sourceCode.getScope(identifier), identifier.name);
      return (variable?.defs ?? []).flatMap(({ type, node, name }) => {
        if (name.parent?.type === 'Property' && name.parent.key !== name) return [name.parent.key];
        return type === 'Variable' && node.id === name ? [node.init] : [];
      });
    }

    function find(scope, name) {
      for (let at = scope; at; at = at.upper) if (at.set.has(name)) return at.set.get(name);
      return undefined;
    }

    function check(node, ...suspects) {
      for (const suspect of suspects) {
        const name = sentenceIn(suspect);
        if (name !== undefined) return context.report({ node, messageId: 'reads', data: { name } });
      }
    }

    /** One or two words are a code. */
    const says = ({ type, value }) =>
      type === 'Literal' && typeof value === 'string' && value.split(' ').length > 2;

    return {
      CallExpression(node) {
        const { callee } = node;
        if (callee.type !== 'MemberExpression' || !READS.has(nameOf(callee))) return;
        check(node, callee.object, node.arguments[0]);
      },
      NewExpression(node) {
        if (node.callee.name === 'RegExp') check(node, ...node.arguments);
      },
      BinaryExpression(node) {
        if (!['===', '!==', '==', '!='].includes(node.operator)) return;
        if (says(node.left) || says(node.right)) check(node, node.left, node.right);
      },
      SwitchStatement(node) {
        if (node.cases.some(({ test }) => test && says(test))) check(node, node.discriminant);
      },
    };
  },
};
