/** vm2's NodeVM, as far as it is used here. */
interface NodeVm {
  run(code: string, filename: string): unknown;
}

export type NodeVmClass = new (options: {
  readonly require: { readonly root: string };
  readonly compiler?: (code: string, file: string) => string;
}) => NodeVm;

const LOAD_CORE = `
  const { Buffer } = global;
  global.Buffer = undefined;
  try {
    require('@dataform/core');
  } finally {
    global.Buffer = Buffer;
  }`;

/**
 * A NodeVM in which @dataform/core was loaded while there was no Buffer: protobufjs, which writes
 * the compiled project, decides then between Buffer and Uint8Array. A Buffer lies outside of the
 * sandbox, where vm2 looks at each of its bytes one by one, a million (1.5 s).
 */
export function withoutBuffer(NodeVM: NodeVmClass): NodeVmClass {
  return class extends NodeVM {
    constructor(options: ConstructorParameters<NodeVmClass>[0]) {
      super(options);
      try {
        this.run(LOAD_CORE, `${options.require.root}/index.js`);
      } catch {
        // Whoever loads it next hears why.
      }
    }
  };
}
