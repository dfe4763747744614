declare module 'vt-pbf' {
  type Point = [number, number];
  type Shape = { type: 1; geometry: Point[] } | { type: 3; geometry: Point[][] }; // points; the rings of a polygon
  type Feature = Shape & { id?: number; tags: Record<string, string | number | boolean> };
  // A CommonJS package: Node gives its module object as the default.
  const vtPbf: {
    fromGeojsonVt: (
      layers: Record<string, { features: Feature[] }>,
      options: { version: 2; extent: number },
    ) => Uint8Array;
  };
  export = vtPbf;
}
