/** Reads Bicep: what a file declares, by name, with the expressions as nodes of its syntax. */
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

export type Expression = Node;

export interface Declared {
  readonly name: string;
  /** What follows the name: the expression, or nothing. */
  readonly value: Expression | undefined;
}

export interface Deployed extends Declared {
  /** `Microsoft.Web/sites@2025-03-01` of a resource, the path of a module. */
  readonly what: string;
  readonly value: Expression;
  /** The object between the braces, of a loop or a condition too. */
  readonly body: Expression;
}

/** A Bicep file. `root` is the whole of it. */
export interface Bicep {
  readonly root: Expression;
  readonly params: readonly Declared[];
  readonly vars: readonly Declared[];
  readonly outputs: readonly Declared[];
  readonly resources: readonly Deployed[];
  /** Resources that are only looked at. */
  readonly existing: readonly Deployed[];
  readonly modules: readonly Deployed[];
}

await Parser.init();
const parser = new Parser();
parser.setLanguage(
  await Language.load(createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')),
);

/** Throws, with the place, when the text is not Bicep. */
export function parseBicep(path: string, text: string): Bicep {
  const root = parser.parse(text)?.rootNode;
  const fault = root?.descendantsOfType('ERROR')[0];
  if (!root || root.hasError) {
    throw new Error(`${path}:${(fault?.startPosition.row ?? 0) + 1} is no Bicep: ${fault?.text.slice(0, 60)}`);
  }
  const declared = (type: string) => childrenOf(root).filter((node) => node.type === type);
  const resources = declared('resource_declaration');
  const isExisting = (node: Expression) => node.children.some((child) => child.type === 'existing');
  return {
    root,
    params: declared('parameter_declaration').map(toParam),
    vars: declared('variable_declaration').map(toDeclared),
    outputs: declared('output_declaration').map(toDeclared),
    resources: resources.filter((node) => !isExisting(node)).map(toDeployed),
    existing: resources.filter(isExisting).map(toDeployed),
    modules: declared('module_declaration').map(toDeployed),
  };
}

/** The properties of an object; undefined for what is no object. */
export function propertiesOf(object: Expression | undefined): ReadonlyMap<string, Expression> | undefined {
  if (object?.type !== 'object') {
    return undefined;
  }
  const properties = childrenOf(object).filter(({ type }) => type === 'object_property');
  return new Map(properties.map((property) => [unquoted(childAt(property, 0)), childAt(property, -1)]));
}

/** The expression at a path such as `properties.siteConfig.minTlsVersion`; undefined when there is none. */
export function at(object: Expression | undefined, path: string): Expression | undefined {
  return path.split('.').reduce<Expression | undefined>((inner, name) => propertiesOf(inner)?.get(name), object);
}

/** The source of an expression; that of a string without its quotes. */
export function textAt(object: Expression | undefined, path: string): string | undefined {
  const found = at(object, path);
  return found && unquoted(found);
}

/** The elements of an array; none for what is no array. */
export function elementsOf(array: Expression | undefined): readonly Expression[] {
  return array?.type === 'array' ? childrenOf(array) : [];
}

/** Every expression of a type within another. */
export function within(node: Expression, type: string): readonly Expression[] {
  return node.descendantsOfType(type);
}

export function childrenOf(node: Expression): readonly Expression[] {
  return node.namedChildren.filter((child) => child.type !== 'comment');
}

export function unquoted({ text }: Expression): string {
  return text.replace(/^'([\s\S]*)'$/, '$1');
}

function childAt(node: Expression, index: number): Expression {
  const child = childrenOf(node).at(index);
  if (!child) {
    throw new Error(`A ${node.type} has no child ${index}: ${node.text.slice(0, 60)}`);
  }
  return child;
}

function toDeclared(node: Expression): Declared {
  return { name: childAt(node, 0).text, value: childrenOf(node).at(-1) };
}

/** `param name type`, and perhaps a default. */
function toParam(node: Expression): Declared {
  return { name: childAt(node, 0).text, value: childrenOf(node)[2] };
}

function toDeployed(node: Expression): Deployed {
  const value = childAt(node, -1);
  const body = value.type === 'object' ? value : (value.childForFieldName('body') ?? childAt(value, -1));
  return { name: childAt(node, 0).text, what: unquoted(childAt(node, 1)), value, body };
}
