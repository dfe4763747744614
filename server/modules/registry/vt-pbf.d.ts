declare module 'vt-pbf' {
  type Feature = {
    id?: number;
    type: 1;
    geometry: [number, number][];
    tags: Record<string, string | number | boolean>;
  };
  // A CommonJS package: Node gives its module object as the default.
  const vtPbf: {
    fromGeojsonVt: (
      layers: Record<string, { features: Feature[] }>,
      options: { version: 2; extent: number },
    ) => Uint8Array;
  };
  export = vtPbf;
}
